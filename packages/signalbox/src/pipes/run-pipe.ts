import { AwsError } from '../core/aws-error.ts';
import type { OnBug } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../core/json.ts';
import { compilePatterns } from '../event-patterns/match-pattern.ts';
import { parsePattern } from '../event-patterns/parse-pattern.ts';
import type { PipeResource } from '../template/pipe-resource.ts';
import { deliver, type EndOptions, enrich } from './call-end.ts';
import { fillInput, type PipeNames } from './fill-input.ts';

/** The clock and services of a pipe. */
export interface PipeOptions extends EndOptions {
  readonly clock: Clock;
  /** Resolves when the queue has a message to receive, or the signal aborts. */
  readonly whenReceivable: (queueArn: string, signal: AbortSignal) => Promise<void>;
  /** Writes a received message as the event that a pipe has of it. */
  readonly eventOf: (message: object, queueArn: string) => object;
  /** Notified when the pipe fails; each reason once. */
  readonly onProblem: (text: string) => void;
  readonly onBug: OnBug;
}

/** A pipe at work. */
export interface RunningPipe {
  /** Receives no more, and resolves when the batch under way is done. */
  stop(): Promise<void>;
}

/** Real milliseconds: a timer on a skipping clock would be over at once, again and again. */
const RETRY_DELAY_MS = 1000;

interface Message {
  readonly ReceiptHandle?: string;
}

/**
 * Polls a queue for a pipe: filters, enriches and delivers batch by batch. A message that no filter takes
 * is deleted; a batch that fails comes back by the queue's visibility time-out.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html
 */
export function runPipe(options: PipeOptions, pipe: PipeResource): RunningPipe {
  const stopping = new AbortController();
  const { signal } = stopping;
  const takes = filterOf(pipe);
  const reported = new Set<string>();

  async function poll(): Promise<void> {
    await options.whenReceivable(pipe.queueArn, signal);
    if (signal.aborted) return;
    const release = options.clock.hold();
    try {
      await takeBatch();
    } finally {
      release();
    }
  }

  async function takeBatch(): Promise<void> {
    const { call, queueUrl, eventOf } = options;
    const caller = { arn: pipe.roleArn };
    const QueueUrl = queueUrl(pipe.queueArn);
    const received: { readonly Messages?: readonly Message[] } = await call(
      'sqs',
      'ReceiveMessage',
      {
        QueueUrl,
        MaxNumberOfMessages: Math.min(pipe.batchSize, 10),
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      caller,
    );
    const messages = received.Messages ?? [];
    if (messages.length === 0) return;
    const events = messages.map((message) => jsonOf(eventOf(message, pipe.queueArn))).filter(takes);
    if (events.length > 0) await handOver(pipe, events, options);
    const Entries = messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
    }));
    await call('sqs', 'DeleteMessageBatch', { QueueUrl, Entries }, caller);
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await poll();
      } catch (error) {
        if (!(error instanceof AwsError)) options.onBug(error);
        else if (!reported.has(error.message)) {
          reported.add(error.message);
          options.onProblem(`Pipe ${pipe.logicalId} fails: ${error.name}: ${error.message}`);
        }
        await pause(signal);
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Filters are behind: enriches a batch and delivers it. */
async function handOver(
  pipe: PipeResource,
  events: readonly JsonObject[],
  options: EndOptions,
): Promise<void> {
  const { enrichment, target } = pipe;
  const names = namesOf(pipe);
  const input = events.map((event) => filled(enrichment?.inputTemplate, event, names));
  const enriched =
    enrichment === undefined ? input : await enrich(pipe, enrichment, input, options);
  const batch = Array.isArray(enriched) ? enriched : [enriched];
  if (batch.length === 0) return;
  await deliver(
    pipe,
    batch.map((event: Json) => filled(target.inputTemplate, event, names)),
    options,
  );
}

function jsonOf(event: object): JsonObject {
  const json = parseJson(JSON.stringify(event));
  return isJsonObject(json) ? json : {};
}

function filled(template: string | undefined, event: Json, names: PipeNames): Json {
  if (template === undefined) return event;
  // AWS: a body of JSON is read before the template is filled in.
  return fillInput(template, withParsedBody(event), names);
}

function namesOf({ arn, name, queueArn, target, enrichment }: PipeResource): PipeNames {
  return {
    'aws.pipes.pipe-arn': arn,
    'aws.pipes.pipe-name': name,
    'aws.pipes.source-arn': queueArn,
    'aws.pipes.target-arn': target.arn,
    ...(enrichment && { 'aws.pipes.enrichment-arn': enrichment.arn }),
  };
}

/** AWS: patterns look into a body that is JSON. */
function filterOf({ filters }: PipeResource): (event: JsonObject) => boolean {
  if (filters.length === 0) return () => true;
  const patterns = filters.flatMap((filter) => {
    const pattern = parsePattern(filter);
    return pattern.ok ? [pattern.value] : [];
  });
  const compiled = compilePatterns(patterns);
  return (event) => {
    const whole = withParsedBody(event);
    return isJsonObject(whole) && compiled.match(whole).length > 0;
  };
}

function withParsedBody(event: Json): Json {
  if (!isJsonObject(event) || typeof event['body'] !== 'string') return event;
  return { ...event, body: parseJson(event['body']) ?? event['body'] };
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, RETRY_DELAY_MS).unref();
    signal.addEventListener('abort', finish);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
  });
}
