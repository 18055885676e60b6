import type {
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  ListEventBusesRequest,
  ListEventBusesResponse,
} from '@aws-sdk/client-eventbridge';
import type { Bus } from '../bus.ts';
import { findBus } from './find.ts';
import { page } from './page.ts';

/** Answers ListEventBuses. */
export function listEventBuses(bus: Bus, request: ListEventBusesRequest): ListEventBusesResponse {
  const buses = bus.rules
    .allBuses()
    .filter(({ name }) => name.startsWith(request.NamePrefix ?? ''));
  const { items, NextToken } = page(buses, request);
  return { EventBuses: items.map(({ name, arn }) => ({ Name: name, Arn: arn })), NextToken };
}

/** Answers DescribeEventBus. */
export function describeEventBus(
  bus: Bus,
  request: DescribeEventBusRequest,
): DescribeEventBusResponse {
  const { name, arn } = findBus(bus, request.Name);
  return { Name: name, Arn: arn };
}
