import { createHash } from 'node:crypto';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

const SECOND_MS = 1_000;

/** How long a bad end is looked after: what nobody has put right by then is left to people. */
export const WINDOW_MS = 24 * 3_600 * SECOND_MS;

/** The longest that an execution of ours runs, which is a repair that waits for people; no list goes back further. */
export const LONGEST_RUN_MS = 4 * 24 * 3_600 * SECOND_MS;

const AGAIN = 'again-';
/** The most characters that Step Functions takes for the name of an execution. */
const LONGEST_NAME = 80;

/** An execution that ended without a word of its own: it was stopped, or ran out of time. */
export interface SilentEnd {
  readonly executionArn: string;
  readonly name: string;
  readonly status: 'ABORTED' | 'TIMED_OUT';
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** How the second attempt stands; undefined where there is none. */
export type SecondAttempt = 'RUNNING' | 'SUCCEEDED' | 'ENDED_BADLY' | undefined;

/** What an execution that ended in silence needs. `isOpen` is measured: nobody is at its work. */
export interface SweepStep {
  readonly kind: 'none' | 'start';
  readonly isOpen: boolean;
}

/**
 * The name of the second attempt, the same for each sweep: Step Functions refuses a second execution of it.
 * @returns At most 80 characters.
 */
export function nameAgain(name: string): string {
  if (AGAIN.length + name.length <= LONGEST_NAME) return `${AGAIN}${name}`;
  return `${AGAIN}${createHash('sha256').update(name).digest('hex')}`;
}

/** Whether an execution is a second attempt, which gets no third: a person has to look. */
export function isSecond(name: string): boolean {
  return name.startsWith(AGAIN);
}

/**
 * Decides what an execution that ended in silence needs.
 * @param second How its second attempt stands.
 * @param claimMs As long after its start holds what it has claimed, so that another would find its work taken.
 */
export function sweepStep(
  end: SilentEnd,
  second: SecondAttempt,
  { nowMs, claimMs }: { readonly nowMs: number; readonly claimMs: number },
): SweepStep {
  if (second !== undefined) return { kind: 'none', isOpen: second === 'ENDED_BADLY' };
  return { kind: nowMs >= end.startedAtMs + claimMs ? 'start' : 'none', isOpen: true };
}

/** Seconds since the oldest of the open ends; 0 where there is none. */
export function oldestSeconds(open: readonly SilentEnd[], nowMs: number): number {
  return open.reduce((most, { endedAtMs }) => Math.max(most, (nowMs - endedAtMs) / SECOND_MS), 0);
}

/** The OperationStartedAgain event: what ended, how, and the execution that begins its work anew. */
export function startedAgain(
  eventBusName: string,
  { executionArn, name, status, endedAtMs }: SilentEnd,
): PutEventsRequestEntry {
  const workflow = executionArn.split(':').at(-2);
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.operations',
    DetailType: 'OperationStartedAgain',
    Detail: JSON.stringify({
      version: 1,
      workflow,
      execution: name,
      status,
      endedAt: new Date(endedAtMs).toISOString(),
      startedAgainAs: nameAgain(name),
    }),
  };
}
