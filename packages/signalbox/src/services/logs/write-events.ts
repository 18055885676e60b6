import type {
  CreateLogGroupRequest,
  CreateLogStreamRequest,
  PutLogEventsRequest,
  PutLogEventsResponse,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../core/aws-error.ts';
import { invalidParameter, type LogStore, type NewLogEvent } from './log-store.ts';

const MAX_BATCH_BYTES = 1_048_576;
/** CloudWatch Logs counts 26 bytes for each event beside its message. */
const EVENT_BYTES = 26;
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;

/**
 * Creates a log group.
 * @throws {AwsError} `ResourceAlreadyExistsException`, `InvalidParameterException`.
 */
export function createLogGroup(
  store: LogStore,
  { logGroupName, tags }: CreateLogGroupRequest,
): object {
  if (logGroupName === undefined || !/^[\w./#-]{1,512}$/.test(logGroupName)) {
    throw invalidParameter(
      `1 validation error detected: Value '${logGroupName ?? ''}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
  if (store.has(logGroupName)) throw alreadyExists('group');
  const group = store.ensureGroup(logGroupName);
  if (tags !== undefined) store.changeGroup(group, { retentionDays: undefined, tags });
  return {};
}

/**
 * Creates a log stream.
 * @throws {AwsError} `ResourceAlreadyExistsException`, `ResourceNotFoundException`.
 */
export function createLogStream(
  store: LogStore,
  { logGroupName, logStreamName }: CreateLogStreamRequest,
): object {
  const group = store.group(logGroupName);
  if (logStreamName === undefined || !/^[^:*]{1,512}$/.test(logStreamName)) {
    throw invalidParameter(
      `1 validation error detected: Value '${logStreamName ?? ''}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
    );
  }
  if (group.streams.has(logStreamName)) throw alreadyExists('stream');
  store.ensureStream(group, logStreamName);
  return {};
}

function alreadyExists(noun: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${noun} already exists`);
}

/**
 * Puts events into a stream (CloudWatch Logs API Reference, PutLogEvents); those too old or too new
 * are left out and named in the response.
 * @throws {AwsError} `ResourceNotFoundException`; `InvalidParameterException` for the batch as a whole.
 */
export function putLogEvents(
  store: LogStore,
  { logGroupName, logStreamName, logEvents }: PutLogEventsRequest,
  now: Date,
): PutLogEventsResponse {
  const group = store.group(logGroupName);
  const stream = store.stream(group, logStreamName);
  const events = (logEvents ?? []).map(({ timestamp, message }): NewLogEvent => {
    if (timestamp === undefined || message === undefined || message === '') {
      throw invalidParameter('Each log event needs a timestamp and a message');
    }
    return { timestampMs: timestamp, message };
  });
  checkBatch(events);
  const oldestMs = now.getTime() - OLDEST_MS;
  const newestMs = now.getTime() + NEWEST_MS;
  const kept = events.filter(
    ({ timestampMs }) => timestampMs >= oldestMs && timestampMs <= newestMs,
  );
  store.append(group, stream, kept);
  if (kept.length === events.length) return {};
  return { rejectedLogEventsInfo: rejected(events, { oldestMs, newestMs }) };
}

function checkBatch(events: readonly NewLogEvent[]): void {
  if (events.length === 0 || events.length > 10_000) {
    throw invalidParameter(
      "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and 10000",
    );
  }
  const isSorted = events.every(
    ({ timestampMs }, index) => timestampMs >= (events[index - 1]?.timestampMs ?? 0),
  );
  if (!isSorted) {
    throw invalidParameter(
      'Log events in a single PutLogEvents request must be in chronological order.',
    );
  }
  const bytes = events.reduce(
    (sum, { message }) => sum + Buffer.byteLength(message) + EVENT_BYTES,
    0,
  );
  if (bytes > MAX_BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
}

function rejected(
  events: readonly NewLogEvent[],
  { oldestMs, newestMs }: { readonly oldestMs: number; readonly newestMs: number },
): RejectedLogEventsInfo {
  const tooNew = events.findIndex(({ timestampMs }) => timestampMs > newestMs);
  const firstInTime = events.findIndex(({ timestampMs }) => timestampMs >= oldestMs);
  const tooOld = firstInTime === -1 ? events.length : firstInTime;
  return {
    ...(tooNew !== -1 && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
  };
}
