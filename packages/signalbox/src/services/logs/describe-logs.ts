import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogGroup as SdkLogGroup,
  LogStream as SdkLogStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../../core/page-of.ts';
import {
  invalidParameter,
  invalidToken,
  type LogGroup,
  type LogStore,
  type LogStream,
} from './log-store.ts';

/**
 * Describes log groups by name, in pages of up to 50.
 * @throws {AwsError} `InvalidParameterException`.
 */
export function describeLogGroups(
  store: LogStore,
  input: DescribeLogGroupsRequest,
): DescribeLogGroupsResponse {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers, limit, nextToken } = input;
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const chosen = store
    .groups()
    .filter(({ name }) => name.startsWith(logGroupNamePrefix ?? ''))
    .filter(({ name }) => name.includes(logGroupNamePattern ?? ''))
    .filter(
      ({ name, arn }) => logGroupIdentifiers?.some((id) => id === name || id === arn) ?? true,
    );
  const { members, next } = pageOf(chosen, limit ?? 50, nextToken, invalidToken);
  return { logGroups: members.map(toLogGroup), ...(next !== undefined && { nextToken: next }) };
}

function toLogGroup({ name, arn, createdAtMs, retentionDays, streams }: LogGroup): SdkLogGroup {
  return {
    logGroupName: name,
    creationTime: createdAtMs,
    metricFilterCount: 0,
    ...(retentionDays !== undefined && { retentionInDays: retentionDays }),
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: 'STANDARD',
    storedBytes: [...streams.values()].reduce((sum, stream) => sum + bytesOf(stream), 0),
  };
}

/**
 * Describes the streams of a group, in pages of up to 50.
 * @throws {AwsError} `ResourceNotFoundException`, `InvalidParameterException`.
 */
export function describeLogStreams(
  store: LogStore,
  input: DescribeLogStreamsRequest,
): DescribeLogStreamsResponse {
  const group = store.group(input.logGroupIdentifier ?? input.logGroupName);
  const { logStreamNamePrefix, orderBy, descending, limit, nextToken } = input;
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const chosen = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''))
    .sort(orderBy === 'LastEventTime' ? byLastEvent : byName);
  if (descending === true) chosen.reverse();
  const { members, next } = pageOf(chosen, limit ?? 50, nextToken, invalidToken);
  return {
    logStreams: members.map((stream) => toLogStream(group, stream)),
    ...(next !== undefined && { nextToken: next }),
  };
}

function byName(left: LogStream, right: LogStream): number {
  return left.name < right.name ? -1 : 1;
}

function byLastEvent(left: LogStream, right: LogStream): number {
  return (left.events.at(-1)?.timestampMs ?? 0) - (right.events.at(-1)?.timestampMs ?? 0);
}

function toLogStream({ arn }: LogGroup, stream: LogStream): SdkLogStream {
  const first = stream.events[0];
  const last = stream.events.at(-1);
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAtMs,
    arn: `${arn}:log-stream:${stream.name}`,
    storedBytes: 0,
    ...(first !== undefined && { firstEventTimestamp: first.timestampMs }),
    ...(last !== undefined && {
      lastEventTimestamp: last.timestampMs,
      lastIngestionTime: last.ingestedAtMs,
    }),
  };
}

function bytesOf({ events }: LogStream): number {
  return events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
}
