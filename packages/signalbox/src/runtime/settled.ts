import { setTimeout as delay } from 'node:timers/promises';
import type { HistoryStore, StoredExecution } from '../history/store.ts';

const LOOK_AGAIN_MS = 100;

/** The part of a Region that is looked at. */
interface SettlingRegion {
  readonly store: HistoryStore;
  readonly bus: { idle(): Promise<void> };
}

/**
 * Resolves, in real time, when no delivery or replication is under way and every execution has ended or waits for
 * somebody to answer. A skipping clock knows by itself; real time has to look.
 */
export async function settledInRealTime(
  regions: () => readonly SettlingRegion[],
  { isBusy }: { isBusy(): boolean },
): Promise<void> {
  for (;;) {
    await delay(LOOK_AGAIN_MS); // what was just sent may not have arrived
    await Promise.all(regions().map(({ bus }) => bus.idle()));
    if (!isBusy() && regions().every(({ store }) => isResting(store))) return;
  }
}

function isResting(store: HistoryStore): boolean {
  const running = store.executions().filter(({ summary }) => summary.status === 'RUNNING');
  return running.every((execution) => waitsForSomebody(store, execution));
}

function waitsForSomebody(store: HistoryStore, { header, eventCount }: StoredExecution): boolean {
  const [last] = store.events(header.executionArn, eventCount, 1);
  return last?.type === 'TaskSubmitted' || last?.type === 'ActivityScheduled';
}
