import type { HistoryEvent } from './history-event.ts';
import type { ExecutionHeader, StoredExecution } from './store.ts';
import { addToSummary, EMPTY_SUMMARY, type Summary } from './summary.ts';

/** An execution whose history is being written. */
export interface OpenExecution extends StoredExecution {
  /** Checks that the event is the next one. @throws {RangeError} When it is not. */
  expect(event: HistoryEvent): void;
  /** Counts the event and folds it into the summary. */
  take(event: HistoryEvent): void;
}

/** Opens an execution that has no events, or those of `from`. */
export function openExecution(
  header: ExecutionHeader,
  from: Pick<StoredExecution, 'summary' | 'eventCount'> = { summary: EMPTY_SUMMARY, eventCount: 0 },
): OpenExecution {
  let summary: Summary = from.summary;
  let { eventCount } = from;
  return {
    header,
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

/** The part that all stores share: the executions, in the order in which they started. */
export interface StoreIndex<Entry extends StoredExecution> {
  /** @throws {RangeError} When the execution is there. */
  add(executionArn: string, stateMachineArn: string, entry: Entry): void;
  /** @throws {RangeError} When the execution is not there. */
  get(executionArn: string): Entry;
  find(executionArn: string): Entry | undefined;
  all(): readonly Entry[];
  ofMachine(stateMachineArn: string): readonly Entry[];
  remove(entries: ReadonlySet<Entry>): void;
}

/** Creates an empty index. */
export function createStoreIndex<Entry extends StoredExecution>(): StoreIndex<Entry> {
  const byArn = new Map<string, Entry>();
  const byMachine = new Map<string, Entry[]>();
  let all: Entry[] = [];
  return {
    add(executionArn, stateMachineArn, entry) {
      if (byArn.has(executionArn)) {
        throw new RangeError(`Cannot open a history twice: ${executionArn}`);
      }
      byArn.set(executionArn, entry);
      all.push(entry);
      const ofMachine = byMachine.get(stateMachineArn);
      if (ofMachine === undefined) byMachine.set(stateMachineArn, [entry]);
      else ofMachine.push(entry);
    },
    get(executionArn) {
      const entry = byArn.get(executionArn);
      if (entry === undefined) throw new RangeError(`Cannot find a history: ${executionArn}`);
      return entry;
    },
    find: (executionArn) => byArn.get(executionArn),
    all: () => all,
    ofMachine: (stateMachineArn) => byMachine.get(stateMachineArn) ?? [],
    remove(entries) {
      for (const { header } of entries) byArn.delete(header.executionArn);
      all = all.filter((entry) => !entries.has(entry));
      for (const [machine, ofMachine] of byMachine) {
        const left = ofMachine.filter((entry) => !entries.has(entry));
        if (left.length === 0) byMachine.delete(machine);
        else byMachine.set(machine, left);
      }
    },
  };
}
