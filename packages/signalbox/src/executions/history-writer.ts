import type { Clock } from '../core/clock.ts';
import { createBranch } from '../history/branch.ts';
import type { Branch, HistoryEvent, HistoryFact } from '../history/history-event.ts';
import type { ExecutionHeader, HistoryStore, StoredExecution } from '../history/store.ts';

/** Writes histories into the store, and notifies of their ends. */
export interface HistoryWriter {
  /** Opens an execution's history; `onEnd` is called once, after its last event. */
  open(header: ExecutionHeader, onEnd: () => void): OpenHistory;
  /** Goes on with a history: one that an earlier process has left open, or one that is redriven. */
  reopen(execution: StoredExecution, onEnd: () => void): OpenHistory;
}

/** A history that has no end yet. */
export interface OpenHistory {
  readonly executionArn: string;
  readonly trunk: Branch;
  /** Whether its last event is written: nothing is taken after that. */
  isClosed(): boolean;
}

/** The store and the listeners of a writer. */
export interface HistoryWriterOptions {
  readonly clock: Clock;
  readonly store: HistoryStore;
  /** Hears of each event after it is stored. */
  readonly onEvent: (execution: StoredExecution, event: HistoryEvent) => void;
}

const ENDS: ReadonlySet<HistoryFact['type']> = new Set([
  'ExecutionSucceeded',
  'ExecutionFailed',
  'ExecutionTimedOut',
  'ExecutionAborted',
]);

/** Creates the writer. */
export function createHistoryWriter(options: HistoryWriterOptions): HistoryWriter {
  const { clock, store, onEvent } = options;

  function write(executionArn: string, lastEventId: number, onEnd: () => void): OpenHistory {
    let closed = false;
    function append(event: HistoryEvent): void {
      // Work that is still under way when an execution ends adds no more events.
      if (closed) return;
      closed = ENDS.has(event.type);
      store.append(executionArn, event);
      const execution = store.find(executionArn);
      if (execution !== undefined) onEvent(execution, event);
      if (closed) onEnd();
    }
    const trunk = createBranch({ now: () => clock.now(), append }, lastEventId);
    return { executionArn, trunk, isClosed: () => closed };
  }

  return {
    open(header, onEnd) {
      store.create(header);
      return write(header.executionArn, 0, onEnd);
    },
    reopen: ({ header, eventCount }, onEnd) => write(header.executionArn, eventCount, onEnd),
  };
}
