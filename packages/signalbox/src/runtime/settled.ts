import { setTimeout as delay } from 'node:timers/promises';
import type { HistoryStore, StoredExecution } from '../history/store.ts';

const LOOK_AGAIN_MS = 100;

/**
 * Resolves, in real time, when no delivery is under way and every execution has ended or waits for
 * somebody to answer. A skipping clock knows by itself; real time has to look.
 */
export async function settledInRealTime(
  store: HistoryStore,
  idle: () => Promise<void>,
): Promise<void> {
  for (;;) {
    await delay(LOOK_AGAIN_MS); // what was just sent may not have arrived
    await idle();
    const running = store.executions().filter(({ summary }) => summary.status === 'RUNNING');
    if (running.every((execution) => waitsForSomebody(store, execution))) return;
  }
}

function waitsForSomebody(store: HistoryStore, { header, eventCount }: StoredExecution): boolean {
  const [last] = store.events(header.executionArn, eventCount, 1);
  return last?.type === 'TaskSubmitted' || last?.type === 'ActivityScheduled';
}
