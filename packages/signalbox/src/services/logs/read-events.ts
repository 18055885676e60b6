import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../../core/page-of.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import {
  invalidParameter,
  invalidToken,
  type LogGroup,
  type LogStore,
  type LogStream,
} from './log-store.ts';

const MAX_EVENTS = 10_000;

/**
 * Returns a stream's events: the latest, unless `startFromHead` or a token says otherwise
 * (CloudWatch Logs API Reference, GetLogEvents).
 * @throws {AwsError} `ResourceNotFoundException`, `InvalidParameterException`.
 */
export function getLogEvents(store: LogStore, input: GetLogEventsRequest): GetLogEventsResponse {
  const group = store.group(input.logGroupIdentifier ?? input.logGroupName);
  const stream = store.stream(group, input.logStreamName);
  const limit = checkLimit(input.limit);
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  // AWS: here the end time itself is left out; FilterLogEvents takes it in.
  const events = stream.events.filter(
    ({ timestampMs }) => timestampMs >= startTime && timestampMs < endTime,
  );
  const from = startOfPage(input, limit, events.length);
  const page = events.slice(Math.max(0, from), from + limit);
  return {
    events: page.map(({ timestampMs, ingestedAtMs, message }) => ({
      timestamp: timestampMs,
      ingestionTime: ingestedAtMs,
      message,
    })),
    nextForwardToken: token('f', Math.max(0, from) + page.length),
    nextBackwardToken: token('b', Math.max(0, from)),
  };
}

function startOfPage(
  { nextToken, startFromHead }: GetLogEventsRequest,
  limit: number,
  length: number,
): number {
  if (nextToken === undefined) return startFromHead === true ? 0 : Math.max(0, length - limit);
  const [, direction, digits] = /^([fb])\/(\d{56})$/.exec(nextToken) ?? [];
  if (digits === undefined) throw invalidParameter('The specified nextToken is invalid.');
  const position = Number(digits);
  return direction === 'f' ? position : position - limit;
}

function token(direction: 'f' | 'b', position: number): string {
  return `${direction}/${String(position).padStart(56, '0')}`;
}

/**
 * Returns the events of a group's streams that a pattern wants, oldest first
 * (CloudWatch Logs API Reference, FilterLogEvents).
 * @throws {AwsError} `ResourceNotFoundException`, `InvalidParameterException`.
 */
export function filterLogEvents(
  store: LogStore,
  input: FilterLogEventsRequest,
): FilterLogEventsResponse {
  const group = store.group(input.logGroupIdentifier ?? input.logGroupName);
  const limit = checkLimit(input.limit);
  const isWanted = parseFilterPattern(input.filterPattern);
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  const events = streamsOf(store, group, input)
    .flatMap(({ name, events }) => events.map((event) => ({ ...event, stream: name })))
    .filter(({ timestampMs }) => timestampMs >= startTime && timestampMs <= endTime)
    .filter(({ message }) => isWanted(message))
    .sort((left, right) => left.timestampMs - right.timestampMs || left.id - right.id);
  const { members, next } = pageOf(events, limit, input.nextToken, invalidToken);
  return {
    events: members.map(
      (event): FilteredLogEvent => ({
        // CloudWatch Logs writes ids of 56 digits.
        eventId: String(event.id).padStart(56, '0'),
        logStreamName: event.stream,
        timestamp: event.timestampMs,
        ingestionTime: event.ingestedAtMs,
        message: event.message,
      }),
    ),
    searchedLogStreams: [],
    ...(next !== undefined && { nextToken: next }),
  };
}

function streamsOf(
  store: LogStore,
  group: LogGroup,
  { logStreamNames, logStreamNamePrefix }: FilterLogEventsRequest,
): LogStream[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot specify both logStreamNames and logStreamNamePrefix.');
  }
  if (logStreamNames !== undefined) return logStreamNames.map((name) => store.stream(group, name));
  const prefix = logStreamNamePrefix ?? '';
  return [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
}

function checkLimit(limit = MAX_EVENTS): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_EVENTS) return limit;
  throw invalidParameter(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 10000`,
  );
}
