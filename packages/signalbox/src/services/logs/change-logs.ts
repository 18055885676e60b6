import type {
  DeleteLogGroupRequest,
  DeleteLogStreamRequest,
  DeleteRetentionPolicyRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  PutRetentionPolicyRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { invalidParameter, type LogGroup, type LogStore } from './log-store.ts';

/** The days for which CloudWatch Logs may keep events (API Reference, PutRetentionPolicy). */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** Deletes a log group with its streams. @throws {AwsError} `ResourceNotFoundException`. */
export function deleteLogGroup(store: LogStore, { logGroupName }: DeleteLogGroupRequest): object {
  store.deleteGroup(store.group(logGroupName));
  return {};
}

/** Deletes a log stream with its events. @throws {AwsError} `ResourceNotFoundException`. */
export function deleteLogStream(store: LogStore, input: DeleteLogStreamRequest): object {
  const group = store.group(input.logGroupName);
  store.deleteStream(group, store.stream(group, input.logStreamName));
  return {};
}

/**
 * Sets for how many days events are kept. The number is kept and shown; what bounds the events here is
 * `signalbox.limits`.
 * @throws {AwsError} `ResourceNotFoundException`; `InvalidParameterException` for another number of days.
 */
export function putRetentionPolicy(store: LogStore, input: PutRetentionPolicyRequest): object {
  const { logGroupName, retentionInDays: retentionDays = 0 } = input;
  const group = store.group(logGroupName);
  if (!RETENTIONS.includes(retentionDays)) {
    throw invalidParameter(
      `1 validation error detected: Value '${retentionDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTIONS.join(', ')}]`,
    );
  }
  store.changeGroup(group, { retentionDays, tags: group.tags });
  return {};
}

/** Lets events be kept for ever. @throws {AwsError} `ResourceNotFoundException`. */
export function deleteRetentionPolicy(
  store: LogStore,
  { logGroupName }: DeleteRetentionPolicyRequest,
): object {
  const group = store.group(logGroupName);
  store.changeGroup(group, { retentionDays: undefined, tags: group.tags });
  return {};
}

/** Adds tags, or gives them another value. @throws {AwsError} `ResourceNotFoundException`. */
export function tagLogGroup(store: LogStore, { resourceArn, tags }: TagResourceRequest): object {
  const group = store.group(resourceArn);
  setTags(store, group, { ...group.tags, ...tags });
  return {};
}

/** Takes tags away; one that is not there is no error. @throws {AwsError} `ResourceNotFoundException`. */
export function untagLogGroup(
  store: LogStore,
  { resourceArn, tagKeys = [] }: UntagResourceRequest,
): object {
  const group = store.group(resourceArn);
  const left = Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key));
  setTags(store, group, Object.fromEntries(left));
  return {};
}

/** Lists a group's tags. @throws {AwsError} `ResourceNotFoundException`. */
export function listLogGroupTags(
  store: LogStore,
  { resourceArn }: ListTagsForResourceRequest,
): ListTagsForResourceResponse {
  return { tags: { ...store.group(resourceArn).tags } };
}

function setTags(store: LogStore, group: LogGroup, tags: Readonly<Record<string, string>>): void {
  store.changeGroup(group, { retentionDays: group.retentionDays, tags });
}
