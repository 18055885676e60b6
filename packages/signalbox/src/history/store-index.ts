import type { HistoryEvent } from './history-event.ts';
import type { ExecutionHeader, StoredExecution } from './store.ts';
import { addToSummary, EMPTY_SUMMARY, type Summary } from './summary.ts';

/** An execution in the index, with what the store keeps beside it. */
export interface IndexEntry<Kept> extends StoredExecution {
  readonly kept: Kept;
  /** Checks that the event is the next one. @throws {RangeError} When it is not. */
  expect(event: HistoryEvent): void;
  /** Counts the event and folds it into the summary. */
  take(event: HistoryEvent): void;
}

/** The part that all stores share: the executions and the summaries of their histories. */
export interface StoreIndex<Kept> {
  add(header: ExecutionHeader, kept: Kept): IndexEntry<Kept>;
  get(executionArn: string): IndexEntry<Kept>;
  find(executionArn: string): IndexEntry<Kept> | undefined;
  all(): readonly IndexEntry<Kept>[];
  ofMachine(stateMachineArn: string): readonly IndexEntry<Kept>[];
}

/** Creates an empty index. */
export function createStoreIndex<Kept>(): StoreIndex<Kept> {
  const byArn = new Map<string, IndexEntry<Kept>>();
  const byMachine = new Map<string, IndexEntry<Kept>[]>();
  const all: IndexEntry<Kept>[] = [];
  return {
    add(header, kept) {
      if (byArn.has(header.executionArn)) {
        throw new RangeError(`Cannot open a history twice: ${header.executionArn}`);
      }
      const entry = createEntry(header, kept);
      byArn.set(header.executionArn, entry);
      all.push(entry);
      const ofMachine = byMachine.get(header.stateMachineArn);
      if (ofMachine === undefined) byMachine.set(header.stateMachineArn, [entry]);
      else ofMachine.push(entry);
      return entry;
    },
    get(executionArn) {
      const entry = byArn.get(executionArn);
      if (entry === undefined) throw new RangeError(`Cannot find a history: ${executionArn}`);
      return entry;
    },
    find: (executionArn) => byArn.get(executionArn),
    all: () => all,
    ofMachine: (stateMachineArn) => byMachine.get(stateMachineArn) ?? [],
  };
}

function createEntry<Kept>(header: ExecutionHeader, kept: Kept): IndexEntry<Kept> {
  let summary: Summary = EMPTY_SUMMARY;
  let eventCount = 0;
  return {
    header,
    kept,
    get summary() {
      return summary;
    },
    get eventCount() {
      return eventCount;
    },
    expect(event) {
      if (event.id === eventCount + 1) return;
      throw new RangeError(`Cannot take event ${event.id}: the next one is ${eventCount + 1}`);
    },
    take(event) {
      eventCount += 1;
      summary = addToSummary(summary, event);
    },
  };
}
