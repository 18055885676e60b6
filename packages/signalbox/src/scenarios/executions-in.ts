import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionResult } from './scenario-result.ts';

/** The real time between two looks for an execution in a state. */
const LOOK_AGAIN_MS = 20;
const LOOKS = 250;

/** Waits for executions in a state, while others may still be on their way; none where none comes. */
export async function executionsIn(
  state: string,
  started: () => readonly ExecutionResult[],
): Promise<readonly ExecutionResult[]> {
  for (let look = 0; look < LOOKS; look += 1) {
    const running = started().filter(({ status }) => status === 'RUNNING');
    const found = running.filter(({ path }) => path.at(-1) === state);
    if (found.length > 0 || running.length === 0) return found;
    await delay(LOOK_AGAIN_MS);
  }
  return [];
}
