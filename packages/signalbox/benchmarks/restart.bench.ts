import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../src/history/file-store.ts';
import type { HistoryEvent } from '../src/history/history-event.ts';
import type { ExecutionHeader, HistoryStore } from '../src/history/store.ts';
import { lastInstant } from '../src/runtime/continue-time.ts';
import type { BenchRow } from './bench-row.ts';

const EXECUTIONS = 50_000;
/** Executions that had not ended when the process was killed. */
const RUNNING = 20;
/** A task has five events, of which most executions have one or two. */
const STATES = 2;

/** Times the opening of a store, of which a start with `--store` consists beyond the usual. */
export async function runRestartBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
  try {
    const write = cpuMsOf(() => writeExecutions(openFileStore(folder).store));
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const opened: HistoryStore[] = [];
    const open = cpuMsOf(() => {
      const { store } = openFileStore(folder);
      lastInstant(store);
      opened.push(store);
    });
    globalThis.gc?.();
    const bytes = process.memoryUsage().heapUsed - before;
    const found = opened.flatMap((store) => store.executions());
    const running = found.filter(({ summary }) => summary.status === 'RUNNING');
    if (found.length !== EXECUTIONS || running.length !== RUNNING) {
      throw new Error(`Of ${EXECUTIONS} executions ${found.length} are there`);
    }
    const name = `store of ${EXECUTIONS} executions`;
    return [
      { name: `${name}, opened`, value: open, unit: 'ms CPU', atMost: 1_000 },
      { name: `${name}, in memory`, value: bytes / EXECUTIONS, unit: 'bytes each', atMost: 1_500 },
      { name: `${name}, written`, value: write / EXECUTIONS, unit: 'ms CPU each', atMost: 0.5 },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function writeExecutions(store: HistoryStore): void {
  for (let number = 0; number < EXECUTIONS; number += 1) {
    const header = headerOf(number);
    store.create(header);
    const isRunning = number % (EXECUTIONS / RUNNING) === 0;
    for (const event of eventsOf(isRunning)) store.append(header.executionArn, event);
    store.catchUp();
  }
}

function headerOf(number: number): ExecutionHeader {
  const name = `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
  return {
    executionArn: `${machine.replace('stateMachine', 'execution')}:${name}`,
    name,
    stateMachineArn: machine,
    stateMachineName: 'orders',
    type: 'STANDARD',
    roleArn: 'arn:aws:iam::123456789012:role/orders',
    definition: '{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}',
    input: JSON.stringify({ orderId: name, lines: [{ sku: 'lamp', quantity: 2 }] }),
    startDate: '2026-01-01T00:00:00.000Z',
  };
}

function eventsOf(isRunning: boolean): readonly HistoryEvent[] {
  const timestamp = '2026-01-01T00:00:00.000Z';
  const events: HistoryEvent[] = [];
  const add = (event: object): void => {
    const id = events.length + 1;
    const fact: HistoryEvent = JSON.parse(
      JSON.stringify({ id, previousEventId: id - 1, timestamp, ...event }),
    );
    events.push(fact);
  };
  add({ type: 'ExecutionStarted', input: { orderId: 'one' }, roleArn: 'arn:role' });
  for (let state = 0; state < STATES; state += 1) {
    const resource = { resourceType: 'lambda', resource: 'invoke' };
    add({ type: 'TaskStateEntered', name: `Task${state}`, input: { orderId: 'one' } });
    add({ type: 'TaskScheduled', ...resource, parameters: { FunctionName: 'charge' } });
    add({ type: 'TaskStarted', ...resource });
    add({ type: 'TaskSucceeded', ...resource, output: { paymentId: 'pay_1' } });
    add({ type: 'TaskStateExited', name: `Task${state}`, output: { paymentId: 'pay_1' } });
  }
  if (!isRunning) add({ type: 'ExecutionSucceeded', output: { paymentId: 'pay_1' } });
  return events;
}
