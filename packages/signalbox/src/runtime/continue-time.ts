import type { SkippingClock } from '../core/skipping-clock.ts';
import type { HistoryStore, StoredExecution } from '../history/store.ts';

/** Lets a skipping clock go on at an instant (Unix milliseconds), unless it is past it already. */
export async function continueTime(clock: SkippingClock, instantMs: number): Promise<void> {
  if (instantMs <= clock.now().getTime()) return;
  clock.skipTo(instantMs);
  await clock.rested();
}

/**
 * The instant, in Unix milliseconds, at which the histories of a store end: an earlier run may have
 * skipped far ahead of real time, and no history runs backwards.
 */
export function lastInstant(store: HistoryStore): number {
  return store
    .executions()
    .reduce((last, execution) => Math.max(last, lastEventMs(store, execution)), 0);
}

/** Of an execution that has ended the time is known, and no history is read. */
function lastEventMs(
  store: HistoryStore,
  { header, summary, eventCount }: StoredExecution,
): number {
  // A kill may have come between the start of an execution and its first event.
  const isRead = summary.stoppedAt === undefined && eventCount > 0;
  const [last] = isRead ? store.events(header.executionArn, eventCount, 1) : [];
  return Date.parse(summary.stoppedAt ?? last?.timestamp ?? header.startDate);
}
