import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  ListEventBusesRequest,
  ListEventBusesResponse,
  UpdateEventBusRequest,
  UpdateEventBusResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import type { Bus } from '../bus.ts';
import { findBus } from './find.ts';
import { page } from './page.ts';
import { required } from './required.ts';
import { tagNew } from './tags.ts';

/** Handles ListEventBuses. */
export function listEventBuses(bus: Bus, request: ListEventBusesRequest): ListEventBusesResponse {
  const buses = bus.rules
    .allBuses()
    .filter(({ name }) => name.startsWith(request.NamePrefix ?? ''));
  const { items, NextToken } = page(buses, request);
  return { EventBuses: items.map(({ name, arn }) => ({ Name: name, Arn: arn })), NextToken };
}

/** Handles DescribeEventBus. */
export function describeEventBus(
  bus: Bus,
  request: DescribeEventBusRequest,
): DescribeEventBusResponse {
  const { name, arn, description } = findBus(bus, request.Name);
  return { Name: name, Arn: arn, Description: description, Policy: bus.rules.policies.get(name) };
}

/** Handles CreateEventBus. */
export function createEventBus(bus: Bus, request: CreateEventBusRequest): CreateEventBusResponse {
  const name = required(request.Name, 'name');
  if (bus.rules.bus(name) !== undefined) {
    throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
  }
  if (request.EventSourceName !== undefined) {
    throw new AwsError('ValidationException', 'The rehearsal has no partner event sources.');
  }
  const arn = `arn:aws:events:${bus.region}:${bus.accountId}:event-bus/${name}`;
  bus.rules.putBus({ logicalId: '', name, arn, description: request.Description });
  tagNew(bus, arn, request.Tags);
  return { EventBusArn: arn, Description: request.Description };
}

/** Handles UpdateEventBus. */
export function updateEventBus(bus: Bus, request: UpdateEventBusRequest): UpdateEventBusResponse {
  const found = findBus(bus, request.Name);
  bus.rules.putBus({ ...found, description: request.Description ?? found.description });
  return { Arn: found.arn, Name: found.name, Description: request.Description };
}

/** Handles DeleteEventBus; AWS succeeds where there is no such bus. */
export function deleteEventBus(bus: Bus, request: DeleteEventBusRequest): Record<string, never> {
  const name = required(request.Name, 'name');
  if (name === 'default') {
    throw new AwsError('ValidationException', 'Cannot delete event bus default.');
  }
  if (bus.rules.rulesOf(name).rules.length > 0) {
    throw new AwsError('ValidationException', "EventBus can't be deleted since it has rules.");
  }
  bus.rules.deleteBus(name);
  return {};
}
