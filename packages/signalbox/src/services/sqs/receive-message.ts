import type { ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { type Clock, sleep } from '../../core/clock.ts';
import type { Caller } from '../../core/service.ts';
import { isFifo } from './fifo-attributes.ts';
import type { Queue } from './queue.ts';
import { checkRange } from './sqs-errors.ts';
import { type StoredMessage, toMessage } from './stored-message.ts';
import { checkSystemAttributes } from './system-attributes.ts';

/**
 * Receives up to ten messages; a long poll waits on the clock and ends when a message arrives
 * (SQS API Reference, ReceiveMessage).
 * @throws {AwsError} When a number is out of range.
 */
export async function receiveMessage(
  clock: Clock,
  queue: Queue,
  request: ReceiveMessageRequest,
  { signal: hungUp, isOutside = false }: Pick<Caller, 'signal' | 'isOutside'> = {},
): Promise<ReceiveMessageResult> {
  checkRequest(request);
  const waitSeconds = request.WaitTimeSeconds ?? queue.numberOf('ReceiveMessageWaitTimeSeconds');
  const limit = request.MaxNumberOfMessages ?? 1;
  const visibility = request.VisibilityTimeout ?? queue.numberOf('VisibilityTimeout');
  const receive = () => (hungUp?.aborted ? [] : queue.receive(limit, visibility, isOutside));
  const nowMs = (): number => clock.now().getTime();
  const attempt = isFifo(queue.attributes) ? request.ReceiveRequestAttemptId : undefined;
  const again = attempt === undefined ? undefined : heldSince(queue, attempt, nowMs());
  // The time for which they are hidden begins anew.
  for (const message of again ?? []) queue.changeVisibility(message, visibility);
  const received = again ?? (await poll({ clock, waitSeconds, queue, receive, hungUp }));
  if (attempt !== undefined) {
    const handles = received.map(({ receiptHandle = '' }) => receiptHandle);
    queue.attempts.remember(attempt, handles, nowMs());
  }
  if (received.length === 0) return {};
  const choice = { system: systemNames(request), user: request.MessageAttributeNames ?? [] };
  return { Messages: received.map((message) => toMessage(message, choice)) };
}

/** Those that are asked for by the new name and by the old one. */
function systemNames({
  MessageSystemAttributeNames = [],
  AttributeNames = [],
}: ReceiveMessageRequest): readonly string[] {
  return [...MessageSystemAttributeNames, ...AttributeNames];
}

function checkRequest(request: ReceiveMessageRequest): void {
  const between = 'Must be between 1 and 10, if provided.';
  checkRange('MaxNumberOfMessages', request.MaxNumberOfMessages, { min: 1, max: 10 }, between);
  const wait = 'Must be >= 0 and <= 20, if provided.';
  checkRange('WaitTimeSeconds', request.WaitTimeSeconds, { min: 0, max: 20 }, wait);
  const visibility = 'Must be >= 0 and <= 43200, if provided.';
  const range = { min: 0, max: 43_200 };
  checkRange('VisibilityTimeout', request.VisibilityTimeout, range, visibility);
  checkSystemAttributes(systemNames(request));
}

/** What an attempt was given, where nothing became of it since; undefined where it is to be made. */
function heldSince(
  queue: Queue,
  attempt: string,
  nowMs: number,
): readonly StoredMessage[] | undefined {
  const handles = queue.attempts.find(attempt, nowMs);
  const held = handles?.flatMap((handle) => {
    const message = queue.messageOf(handle);
    return message?.state === 'in-flight' && message.receiptHandle === handle ? [message] : [];
  });
  return held?.length === handles?.length ? held : undefined;
}

interface Poll {
  readonly clock: Clock;
  readonly waitSeconds: number;
  readonly queue: Queue;
  readonly receive: () => StoredMessage[];
  readonly hungUp: AbortSignal | undefined;
}

async function poll({
  clock,
  waitSeconds,
  queue,
  receive,
  hungUp,
}: Poll): Promise<StoredMessage[]> {
  const first = receive();
  if (first.length > 0 || waitSeconds === 0) return first;
  const over = new AbortController();
  hungUp?.addEventListener('abort', () => over.abort());
  // A poll over HTTP is a client's own wait; one of a workflow is the workflow's.
  const background = hungUp !== undefined;
  const waited = sleep(clock, waitSeconds * 1000, over.signal, { background }).then(() =>
    over.abort(),
  );
  let received: StoredMessage[] = [];
  while (received.length === 0 && !over.signal.aborted) {
    await queue.whenReceivable(over.signal);
    // Another consumer that woke at the same time may have been faster: then wait on.
    received = receive();
  }
  over.abort();
  await waited;
  return received;
}
