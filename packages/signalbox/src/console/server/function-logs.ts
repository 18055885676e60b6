import type {
  FilteredLogEvent,
  FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { ConsoleCall } from './console-options.ts';
import type { Invocation } from './step-work.ts';

/** A line of a function's log. */
export interface LogLine {
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly message: string;
  readonly functionName: string;
}

/** The lines that functions wrote in a step. */
export interface StepLogs {
  readonly lines: readonly LogLine[];
  /** Whether they are known to be of this step: otherwise, other executions may have written some of them. */
  readonly isExact: boolean;
}

/** A time in which a function ran. */
export interface LogWindow {
  readonly functionName: string;
  /** Unix milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the invocation, where its result told it. */
  readonly requestId: string | undefined;
  /** A text that the lines of this execution hold, such as its ARN. */
  readonly marker: string;
}

/** A function's log may be written a moment later than its caller hears of its end. */
const MARGIN_MS = 5_000;

/** Reads the lines of invocations that are known. */
export async function logsOf(
  call: ConsoleCall,
  invocations: readonly Invocation[],
): Promise<StepLogs> {
  const all = await Promise.all(invocations.map((one) => linesOf(call, one)));
  return { lines: all.flat().sort((a, b) => a.atMs - b.atMs), isExact: true };
}

/** Finds the lines of a step by its time: those of its request, or that name its execution, where there are any. */
export async function logsIn(call: ConsoleCall, window: LogWindow): Promise<StepLogs> {
  const { functionName, fromMs, toMs, requestId, marker } = window;
  const logGroupName = await logGroupOf(call, functionName);
  const range = { startTime: fromMs - MARGIN_MS, endTime: toMs + MARGIN_MS };
  const { events = [] } = await filter(call, { logGroupName, ...range });
  const byRequest = [...requestsIn(events)];
  const named = byRequest.filter(
    ([id, lines]) => id === requestId || lines.some(({ message = '' }) => message.includes(marker)),
  );
  const found = named.length > 0 ? named : byRequest;
  const lines = found.flatMap(([, one]) => one).map((one) => toLine(one, functionName));
  return { lines: lines.sort((a, b) => a.atMs - b.atMs), isExact: named.length > 0 };
}

async function linesOf(
  call: ConsoleCall,
  { requestId, logGroup, functionName, startedMs, durationMs }: Invocation,
): Promise<readonly LogLine[]> {
  const range = { startTime: startedMs - 1, endTime: startedMs + durationMs + MARGIN_MS };
  const input = { logGroupName: logGroup, ...range };
  const marked = await filter(call, { ...input, filterPattern: `"${requestId}"` });
  const stream = marked.events?.[0]?.logStreamName;
  if (stream === undefined) return [];
  const { events = [] } = await filter(call, { ...input, logStreamNames: [stream] });
  const lines = requestsIn(events).get(requestId) ?? [];
  return lines.map((one) => toLine(one, functionName));
}

/** Divides the lines of each stream by the invocation that wrote them: from START to REPORT. */
function requestsIn(
  events: readonly FilteredLogEvent[],
): ReadonlyMap<string, readonly FilteredLogEvent[]> {
  const requests = new Map<string, FilteredLogEvent[]>();
  const current = new Map<string, string>();
  for (const event of events) {
    const { logStreamName = '', message = '' } = event;
    const started = /^START RequestId: (\S+)/.exec(message)?.[1] ?? startedInJson(message);
    if (started !== undefined) current.set(logStreamName, started);
    const id = current.get(logStreamName);
    if (id !== undefined) requests.set(id, [...(requests.get(id) ?? []), event]);
  }
  return requests;
}

/** AWS: with the log format JSON, the platform's lines are objects too. */
function startedInJson(message: string): string | undefined {
  return /"type":"platform\.start".*"requestId":"([^"]+)"/.exec(message)?.[1];
}

async function filter(
  call: ConsoleCall,
  input: object,
): Promise<Partial<FilterLogEventsCommandOutput>> {
  return call('logs', 'FilterLogEvents', { ...input, limit: 10_000 });
}

async function logGroupOf(call: ConsoleCall, FunctionName: string): Promise<string> {
  const found: FunctionConfiguration = await call('lambda', 'GetFunctionConfiguration', {
    FunctionName,
  });
  return found.LoggingConfig?.LogGroup ?? `/aws/lambda/${found.FunctionName ?? FunctionName}`;
}

function toLine({ timestamp = 0, message = '' }: FilteredLogEvent, functionName: string): LogLine {
  return { atMs: timestamp, message, functionName };
}
