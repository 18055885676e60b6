import type { HistoryEvent } from './history-event.ts';
import type { HistoryStore } from './store.ts';
import { createStoreIndex, type OpenExecution, openExecution } from './store-index.ts';

/** Creates a store that lasts as long as the process. */
export function createMemoryStore(): HistoryStore {
  const index = createStoreIndex<OpenExecution>();
  const histories = new WeakMap<OpenExecution, HistoryEvent[]>();
  const historyOf = (execution: OpenExecution): HistoryEvent[] => {
    const known = histories.get(execution);
    if (known !== undefined) return known;
    const history: HistoryEvent[] = [];
    histories.set(execution, history);
    return history;
  };
  return {
    create: (header) =>
      index.add(header.executionArn, header.stateMachineArn, openExecution(header)),
    append(executionArn, event) {
      const execution = index.get(executionArn);
      execution.expect(event);
      historyOf(execution).push(event);
      execution.take(event);
    },
    catchUp() {},
    find: index.find,
    executionsOf: index.ofMachine,
    executions: index.all,
    events: (executionArn, firstId, count) =>
      historyOf(index.get(executionArn)).slice(firstId - 1, firstId - 1 + count),
    close: async () => {},
  };
}
