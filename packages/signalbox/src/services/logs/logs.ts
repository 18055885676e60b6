import type {
  CreateLogGroupRequest,
  CreateLogStreamRequest,
  DeleteLogGroupRequest,
  DeleteLogStreamRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogStreamsRequest,
  FilterLogEventsRequest,
  GetLogEventsRequest,
  ListTagsForResourceRequest,
  PutLogEventsRequest,
  PutRetentionPolicyRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Clock } from '../../core/clock.ts';
import type { OpenJournal } from '../../core/journal.ts';
import { DEFAULT_LIMITS, type Limits } from '../../core/limits.ts';
import { actions, type Service } from '../../core/service.ts';
import {
  deleteLogGroup,
  deleteLogStream,
  deleteRetentionPolicy,
  listLogGroupTags,
  putRetentionPolicy,
  tagLogGroup,
  untagLogGroup,
} from './change-logs.ts';
import { describeLogGroups, describeLogStreams } from './describe-logs.ts';
import { LogStore, type NewLogEvent } from './log-store.ts';
import { filterLogEvents, getLogEvents } from './read-events.ts';
import { createLogGroup, createLogStream, putLogEvents } from './write-events.ts';

/** Amazon CloudWatch Logs in memory. */
export interface Logs {
  readonly service: Service;
  /** Makes a log group of the template; one that is there keeps its events. */
  createLogGroup(name: string): void;
  /** Takes events in, and makes the group and the stream where there are none, as Lambda does. */
  append(logGroup: string, logStream: string, events: readonly NewLogEvent[]): void;
}

/** Makes CloudWatch Logs. */
export function createLogs(options: {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly limits?: Limits;
  /** Opens the journal that keeps everything; in memory alone where it is missing. */
  readonly openLogs?: OpenJournal | undefined;
}): Logs {
  const { clock, limits = DEFAULT_LIMITS } = options;
  const store = new LogStore(clock, options, limits, options.openLogs);
  return {
    service: {
      name: 'logs',
      client: '@aws-sdk/client-cloudwatch-logs',
      actions: actions({
        CreateLogGroup: (input: CreateLogGroupRequest) => createLogGroup(store, input),
        DeleteLogGroup: (input: DeleteLogGroupRequest) => deleteLogGroup(store, input),
        DeleteLogStream: (input: DeleteLogStreamRequest) => deleteLogStream(store, input),
        PutRetentionPolicy: (input: PutRetentionPolicyRequest) => putRetentionPolicy(store, input),
        DeleteRetentionPolicy: (input: DeleteRetentionPolicyRequest) =>
          deleteRetentionPolicy(store, input),
        TagResource: (input: TagResourceRequest) => tagLogGroup(store, input),
        UntagResource: (input: UntagResourceRequest) => untagLogGroup(store, input),
        ListTagsForResource: (input: ListTagsForResourceRequest) => listLogGroupTags(store, input),
        CreateLogStream: (input: CreateLogStreamRequest) => createLogStream(store, input),
        PutLogEvents: (input: PutLogEventsRequest) => putLogEvents(store, input, clock.now()),
        DescribeLogGroups: (input: DescribeLogGroupsRequest) => describeLogGroups(store, input),
        DescribeLogStreams: (input: DescribeLogStreamsRequest) => describeLogStreams(store, input),
        GetLogEvents: (input: GetLogEventsRequest) => getLogEvents(store, input),
        FilterLogEvents: (input: FilterLogEventsRequest) => filterLogEvents(store, input),
      }),
    },
    createLogGroup(name) {
      store.ensureGroup(name);
    },
    append(logGroup, logStream, events) {
      store.record(logGroup, logStream, events);
    },
  };
}
