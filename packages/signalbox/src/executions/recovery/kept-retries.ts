import type { KeptMaps } from '../../core/kept-maps.ts';
import { unlessFull } from '../../core/unless-full.ts';
import type { PastRetry } from '../../states-language/starting-point.ts';

/** The retries of Parallels and Maps as a whole, of which no history has an event. */
export interface KeptRetries {
  keep(executionArn: string, enteredEventId: number, retry: PastRetry): void;
  /** The retries of a state since it was entered, oldest first. */
  of(executionArn: string, enteredEventId: number): readonly PastRetry[];
  /** Forgets those of an execution that has ended. */
  forget(executionArn: string): void;
  /** Forgets those of executions that do not run. */
  forgetUnless(runs: (executionArn: string) => boolean): void;
}

interface KeptRetry extends PastRetry {
  readonly executionArn: string;
  readonly enteredEventId: number;
}

/** Opens the retries, with those that an earlier process has left. */
export function createKeptRetries(maps: KeptMaps): KeptRetries {
  const kept = maps.map<KeptRetry>('states/retries');
  const visits = new Map<string, Map<number, PastRetry[]>>();
  function retriesOf(executionArn: string, enteredEventId: number): PastRetry[] {
    const states = visits.get(executionArn) ?? new Map<number, PastRetry[]>();
    const retries = states.get(enteredEventId) ?? [];
    visits.set(executionArn, states.set(enteredEventId, retries));
    return retries;
  }
  function forget(executionArn: string): void {
    for (const [enteredEventId, retries] of visits.get(executionArn) ?? []) {
      for (const at of retries.keys()) {
        unlessFull(() => kept.delete(keyOf(executionArn, enteredEventId, at)));
      }
    }
    visits.delete(executionArn);
  }
  for (const retry of kept.values())
    retriesOf(retry.executionArn, retry.enteredEventId).push(retry);
  return {
    keep(executionArn, enteredEventId, retry) {
      const retries = retriesOf(executionArn, enteredEventId);
      const key = keyOf(executionArn, enteredEventId, retries.length);
      retries.push(retry);
      unlessFull(() => kept.set(key, { executionArn, enteredEventId, ...retry }));
    },
    of: (executionArn, enteredEventId) => [
      ...(visits.get(executionArn)?.get(enteredEventId) ?? []),
    ],
    forget,
    forgetUnless(runs) {
      for (const executionArn of [...visits.keys()]) if (!runs(executionArn)) forget(executionArn);
    },
  };
}

function keyOf(executionArn: string, enteredEventId: number, at: number): string {
  return `${executionArn}#${enteredEventId}#${at}`;
}
