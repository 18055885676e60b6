import type { HistoryEvent } from './history-event.ts';
import type { HistoryStore } from './store.ts';
import { createStoreIndex } from './store-index.ts';

/** Creates a store that lasts as long as the process. */
export function createMemoryStore(): HistoryStore {
  const index = createStoreIndex<HistoryEvent[]>();
  return {
    create(header) {
      index.add(header, []);
    },
    append(executionArn, event) {
      const entry = index.get(executionArn);
      entry.expect(event);
      entry.kept.push(event);
      entry.take(event);
    },
    catchUp() {},
    find: index.find,
    executionsOf: index.ofMachine,
    executions: index.all,
    events: (executionArn, firstId, count) =>
      index.get(executionArn).kept.slice(firstId - 1, firstId - 1 + count),
  };
}
