import { ownMember } from '../core/names/own-member.ts';
import type { InvocationOutcome } from './execution-environment.ts';

/** The response for an invoker, and the lines that Lambda itself writes to the log about it. */
export interface InvocationResult {
  readonly payload: string;
  readonly functionError: 'Unhandled' | undefined;
  /** Log lines of the platform. */
  readonly notices: readonly string[];
  /** For the REPORT line: how the environment ended. */
  readonly ending: string | undefined;
}

/** The invocation that came to it. */
export interface EndedInvocation {
  readonly requestId: string;
  readonly timeoutSeconds: number;
  readonly endedAt: Date;
}

const RESPONSE_LIMIT_BYTES = 6_291_556;

/** Turns the end of a worker's work into Lambda's response. */
export function toInvocationResult(
  outcome: InvocationOutcome,
  { requestId, timeoutSeconds, endedAt }: EndedInvocation,
): InvocationResult {
  switch (outcome.kind) {
    case 'succeeded':
      return checkSize(outcome.payload);
    case 'failed':
      return refusal(outcome.error);
    case 'init-failed':
      return { ...refusal(outcome.error), ending: errorTypeOf(outcome.error) };
    case 'timed-out': {
      const text = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      const notices = [`${endedAt.toISOString()} ${requestId} ${text}\n`];
      return { ...crash('Sandbox.Timedout', requestId, text), notices, ending: 'timeout' };
    }
    case 'out-of-memory':
      return crash('Runtime.OutOfMemory', requestId, 'Runtime exited with error: signal: killed');
    case 'exited':
      return crash('Runtime.ExitError', requestId, exitText(outcome));
    case 'invalid-entry-point':
      return crash('Runtime.InvalidEntrypoint', requestId, outcome.reason);
  }
}

function checkSize(payload: string): InvocationResult {
  if (Buffer.byteLength(payload) <= RESPONSE_LIMIT_BYTES) {
    return { payload, functionError: undefined, notices: [], ending: undefined };
  }
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`;
  return refusal(JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }));
}

function crash(errorType: string, requestId: string, text: string): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: ${text}`;
  const payload = JSON.stringify({ errorType, errorMessage });
  const notices = [`${errorMessage}\n${errorType}`];
  return { ...refusal(payload), notices, ending: errorType };
}

function refusal(payload: string): InvocationResult {
  return { payload, functionError: 'Unhandled', notices: [], ending: undefined };
}

function exitText({ exitCode, signal }: { exitCode: number; signal?: string }): string {
  if (signal !== undefined) return `Runtime exited with error: signal: ${signalText(signal)}`;
  if (exitCode === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${exitCode}`;
}

function errorTypeOf(error: string): string {
  const report: unknown = JSON.parse(error);
  const hasType = typeof report === 'object' && report !== null && 'errorType' in report;
  return hasType ? String(report.errorType) : 'Unknown';
}

/** Go's names for signals, as Lambda's log has them. */
function signalText(signal: string): string {
  return ownMember(SIGNALS, signal) ?? signal;
}

const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};
