import { createSkippingClock } from '../src/core/skipping-clock.ts';
import { AMAZON_STATES_LANGUAGE } from '../src/executions/amazon-states-language.ts';
import { createExecutions } from '../src/executions/executions.ts';
import { createMemoryStore } from '../src/history/memory-store.ts';
import type { HistoryStore } from '../src/history/store.ts';
import type { Load } from './load.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '123456789012' };
const CALLER = { arn: 'arn:aws:iam::123456789012:root' };
const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:bench';
const MAP_RUN = 'arn:aws:states:us-east-1:123456789012:mapRun:bench/Each:one';
const NOW = '2026-01-05T10:00:00.000Z';

/** Lists of Step Functions among ever more executions. */
export const EXECUTION_LOADS: readonly Load[] = [
  {
    name: 'ListExecutions, newest, among',
    unit: 'executions',
    open: (size) => openLists(size, { stateMachineArn: MACHINE, maxResults: 10 }),
  },
  {
    name: 'ListExecutions that failed among',
    unit: 'executions',
    open: (size) =>
      openLists(size, { stateMachineArn: MACHINE, statusFilter: 'FAILED', maxResults: 10 }),
  },
  {
    name: 'ListExecutions of a Map Run among',
    unit: 'executions',
    open: (size) => openLists(size, { mapRunArn: MAP_RUN, maxResults: 10 }),
  },
];

async function openLists(size: number, input: object) {
  const store = createMemoryStore();
  const clock = createSkippingClock();
  const executions = createExecutions({
    ...ACCOUNT,
    clock,
    store,
    call: () => Promise.reject(new Error('Nothing is called')),
    serves: () => true,
    random: Math.random,
    uuid: () => crypto.randomUUID(),
    publish: () => undefined,
    onBug: (bug) => {
      throw bug;
    },
    interpreter: AMAZON_STATES_LANGUAGE,
  });
  const definition = { StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } };
  const roleArn = 'arn:aws:iam::123456789012:role/bench';
  executions.define({ arn: MACHINE, name: 'bench', type: 'STANDARD', roleArn, definition });
  for (let number = 0; number < size; number += 1) addEnded(store, number, 'bench');
  for (let number = 0; number < 10; number += 1) addEnded(store, number, 'bench/Each');
  const { ListExecutions } = executions.service.actions;
  return {
    call: async () => ListExecutions?.(input, CALLER),
    close: async () => {},
  };
}

/** Of a hundred executions two have failed. */
function addEnded(store: HistoryStore, number: number, machine: string): void {
  const executionArn = `arn:aws:states:us-east-1:123456789012:execution:${machine}:${number}`;
  store.create({
    executionArn,
    name: String(number),
    stateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:${machine}`,
    stateMachineName: machine,
    type: 'STANDARD',
    roleArn: 'arn:aws:iam::123456789012:role/bench',
    definition: '{}',
    input: '{}',
    startDate: NOW,
    mapRunArn: machine === 'bench' ? undefined : MAP_RUN,
  });
  const at = { timestamp: NOW, id: 1, previousEventId: 0 } as const;
  store.append(
    executionArn,
    number % 50 === 0
      ? { ...at, type: 'ExecutionFailed', error: undefined, cause: undefined }
      : { ...at, type: 'ExecutionSucceeded', output: 1 },
  );
}
