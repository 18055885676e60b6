import type { SkippingClock } from '../core/skipping-clock.ts';
import type { HistoryStore, StoredExecution } from '../history/store.ts';

/**
 * Lets a skipping clock go on where the histories of the store end: an earlier run may have skipped
 * far ahead of real time, and no history runs backwards.
 */
export async function continueTime(clock: SkippingClock, store: HistoryStore): Promise<void> {
  const lastMs = Math.max(...store.executions().map((execution) => lastEventMs(store, execution)));
  if (lastMs <= clock.now().getTime()) return;
  clock.skipTo(lastMs);
  await clock.rested();
}

function lastEventMs(store: HistoryStore, { header, eventCount }: StoredExecution): number {
  const [last] = store.events(header.executionArn, eventCount, 1);
  return Date.parse(last?.timestamp ?? header.startDate);
}
