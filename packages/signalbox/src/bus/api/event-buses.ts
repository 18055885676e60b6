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
import type { EventBus } from '../rule-table.ts';
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
  return { EventBuses: items.map((one) => listed(bus, one)), NextToken };
}

/** Handles DescribeEventBus. */
export function describeEventBus(
  bus: Bus,
  request: DescribeEventBusRequest,
): DescribeEventBusResponse {
  const found = findBus(bus, request.Name);
  return { ...listed(bus, found), ...settingsOf(found) };
}

function settingsOf({ deadLetterArn, kmsKeyIdentifier, log }: EventBus) {
  return {
    KmsKeyIdentifier: kmsKeyIdentifier,
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
    LogConfig: log && {
      IncludeDetail: DETAILS.find((detail) => detail === log.includeDetail),
      Level: LEVELS.find((level) => level === log.level),
    },
  };
}

const DETAILS = ['NONE', 'FULL'] as const;
const LEVELS = ['OFF', 'ERROR', 'INFO', 'TRACE'] as const;

function listed(bus: Bus, { name, arn, description, ...times }: EventBus) {
  const { createdAt = bus.startedAt, modifiedAt = createdAt } = times;
  return {
    Name: name,
    Arn: arn,
    Description: description,
    CreationTime: createdAt,
    LastModifiedTime: modifiedAt,
    Policy: bus.rules.policies.get(name),
  };
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
  const made = { logicalId: '', name, arn, ...given(request), createdAt: bus.now() };
  bus.rules.putBus(made);
  tagNew(bus, arn, request.Tags);
  return { EventBusArn: arn, Description: made.description, ...settingsOf(made) };
}

/** Handles UpdateEventBus. */
export function updateEventBus(bus: Bus, request: UpdateEventBusRequest): UpdateEventBusResponse {
  const found = findBus(bus, request.Name);
  const changed = { ...found, ...given(request), modifiedAt: bus.now() };
  bus.rules.putBus(changed);
  return {
    Arn: found.arn,
    Name: found.name,
    Description: changed.description,
    ...settingsOf(changed),
  };
}

/** The settings that a request names; the others stay as they are. */
function given(request: CreateEventBusRequest | UpdateEventBusRequest) {
  const { Description: description, KmsKeyIdentifier: kmsKeyIdentifier } = request;
  const { DeadLetterConfig: deadLetters, LogConfig: log } = request;
  return {
    ...(description !== undefined && { description }),
    ...(kmsKeyIdentifier !== undefined && { kmsKeyIdentifier }),
    ...(deadLetters !== undefined && { deadLetterArn: deadLetters.Arn }),
    ...(log !== undefined && { log: { level: log.Level, includeDetail: log.IncludeDetail } }),
  };
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
