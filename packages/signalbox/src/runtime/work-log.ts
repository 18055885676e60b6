import { randomUUID } from 'node:crypto';
import type { ServiceCallMade, StepWork, StepWorkQuery } from '../console/server/step-work.ts';
import { parentIn, segmentIdOf } from '../core/step-trace.ts';
import type { CallRecord } from '../endpoint/registry.ts';
import type { LambdaHost } from '../lambda/host.ts';
import type { App } from '../template/app.ts';

/** What functions and workflows did for each step, as far back as it is kept. */
export interface WorkLog {
  /** Sees each call of a service after it ended. */
  sawCall(call: CallRecord): void;
  /** A host whose invocations are noted. */
  functions(host: LambdaHost): LambdaHost;
  workOf(query: StepWorkQuery): StepWork;
}

/** The capacity of the log, and what it names functions by. */
export interface WorkLogOptions {
  /** The number of steps that are kept; the oldest fall out. */
  readonly capacity: number;
  readonly now: () => Date;
  readonly app: () => App;
}

const CALLS_PER_STEP = 200;
const INPUT_LENGTH = 2_000;
const TEXT_LENGTH = 500;

interface Kept {
  readonly invocations: StepWork['invocations'][number][];
  readonly calls: ServiceCallMade[];
}

/** Makes a log that goes by the parent that trace headers name. */
export function createWorkLog({ capacity, now, app }: WorkLogOptions): WorkLog {
  const steps = new Map<string, Kept>();

  function keptOf(traceHeader: string | undefined): Kept | undefined {
    const segment = parentIn(traceHeader);
    if (segment === undefined) return undefined;
    const known = steps.get(segment);
    if (known !== undefined) return known;
    const kept: Kept = { invocations: [], calls: [] };
    steps.set(segment, kept);
    const [oldest] = steps.keys();
    if (steps.size > capacity && oldest !== undefined) steps.delete(oldest);
    return kept;
  }

  function sawCall(call: CallRecord): void {
    const kept = keptOf(call.caller.traceHeader);
    if (kept === undefined || kept.calls.length >= CALLS_PER_STEP) return;
    kept.calls.push(toCall(call, now().getTime()));
  }

  function logGroupOf(functionName: string): string {
    return app().functions.find(({ name }) => name === functionName)?.logGroup ?? '';
  }

  return {
    sawCall,
    functions: (host) => ({
      ...host,
      async invoke(functionName, payload, options = {}) {
        const { requestId = randomUUID(), traceHeader } = options;
        const kept = keptOf(traceHeader);
        const startedMs = now().getTime();
        try {
          return await host.invoke(functionName, payload, { ...options, requestId });
        } finally {
          const durationMs = now().getTime() - startedMs;
          const named = { requestId, functionName, logGroup: logGroupOf(functionName) };
          kept?.invocations.push({ ...named, startedMs, durationMs });
        }
      },
    }),
    workOf: (query) => steps.get(segmentIdOf(query)) ?? { invocations: [], calls: [] },
  };
}

function toCall({ service, action, input, caller, error, durationMs }: CallRecord, nowMs: number) {
  return {
    service,
    action,
    input: inputText(input),
    error: error instanceof Error ? `${error.name}: ${error.message}` : undefined,
    atMs: nowMs - durationMs,
    durationMs,
    callerArn: caller.arn,
  };
}

/** The input in short: a body of megabytes is nothing to look at. */
function inputText(input: object): string {
  const text = JSON.stringify(input, (_name, value: unknown) => {
    if (value instanceof Uint8Array) return `(${value.length} bytes)`;
    if (typeof value !== 'string' || value.length <= TEXT_LENGTH) return value;
    return `${value.slice(0, TEXT_LENGTH)}…`;
  });
  return text.length <= INPUT_LENGTH ? text : `${text.slice(0, INPUT_LENGTH)}…`;
}
