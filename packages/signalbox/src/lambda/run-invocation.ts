import { randomBytes } from 'node:crypto';
import type { FunctionResource } from '../template/app.ts';
import type { InvocationOutcome } from './execution-environment.ts';
import { type InvocationResult, toInvocationResult } from './invocation-result.ts';
import { endLine, reportLine, startLine } from './log-lines.ts';
import type { Lease } from './pool.ts';

/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** JSON text. */
  readonly clientContext: string | undefined;
  /** The trace header of what caused it. */
  readonly traceHeader: string | undefined;
}

/** The response for an invoker. */
export interface FunctionResponse {
  readonly payload: Uint8Array;
  readonly functionError?: 'Unhandled';
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
  /** The handler's own time, without initialization. */
  readonly durationMs: number;
}

/** Runs a function once in a leased environment, with the log lines that Lambda puts around it. */
export async function runInvocation(
  resource: FunctionResource,
  lease: Lease,
  invocation: Invocation,
  now: () => Date,
): Promise<FunctionResponse> {
  const { environment, isCold } = lease;
  const { requestId } = invocation;
  const { logStream } = environment;
  logStream.write(startLine(requestId));
  const { outcome, durationMs } = await environment.invoke(
    { ...invocation, invokedFunctionArn: resource.arn, traceId: traceIdOf(invocation, now) },
    resource.timeoutSeconds * 1000,
  );
  const result = toInvocationResult(outcome, { ...resource, requestId, endedAt: now() });
  for (const notice of result.notices) logStream.write(notice);
  logStream.write(endLine(requestId));
  logStream.write(
    reportLine({
      requestId,
      durationMs,
      memoryMb: resource.memoryMb,
      usedBytes: usedBytes(outcome, resource),
      initDurationMs: isCold ? environment.initDurationMs : undefined,
      ending: result.ending,
    }),
  );
  return toResponse(result, logStream.takeTail(), durationMs);
}

function toResponse(
  { payload, functionError }: InvocationResult,
  logTail: string,
  durationMs: number,
): FunctionResponse {
  const bytes = new TextEncoder().encode(payload);
  return { payload: bytes, ...(functionError && { functionError }), logTail, durationMs };
}

function usedBytes(outcome: InvocationOutcome, { memoryMb }: FunctionResource): number {
  if ('memoryBytes' in outcome) return outcome.memoryBytes;
  return outcome.kind === 'out-of-memory' ? memoryMb * 1_048_576 : 0;
}

/** AWS: a trace goes on with its root; what says of none only where it comes from gets a new one. */
function traceIdOf({ traceHeader }: Invocation, now: () => Date): string {
  if (traceHeader === undefined) return createTraceId(now());
  return traceHeader.includes('Root=') ? traceHeader : `${createTraceId(now())};${traceHeader}`;
}

/** An X-Ray trace header that says: not sampled. */
function createTraceId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  const root = `1-${seconds}-${randomBytes(12).toString('hex')}`;
  return `Root=${root};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
