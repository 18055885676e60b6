import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../src/core/service.ts';
import { createSkippingClock } from '../src/core/skipping-clock.ts';
import { AMAZON_STATES_LANGUAGE } from '../src/executions/amazon-states-language.ts';
import { createExecutions, type Executions } from '../src/executions/executions.ts';
import { openFileStore } from '../src/history/file-store.ts';
import type { BenchRow } from './bench-row.ts';

/** Fewer by `MAP_ITEMS`, for a look. */
const ITEMS = Number(process.env['MAP_ITEMS'] ?? 100_000);
const BUDGETS = { EXPRESS: { seconds: 20, mb: 100 }, STANDARD: { seconds: 30, mb: 150 } } as const;
const SAMPLE_EVERY = 1000;
const CALLER: Caller = { arn: 'arn:aws:iam::123456789012:root' };

/**
 * Runs a Distributed Map whose children keep their histories in files, as the rehearsal keeps them: how
 * much CPU time, and how much more memory is held when all have ended.
 */
export async function runMapBench(): Promise<readonly BenchRow[]> {
  return [...(await runMap('EXPRESS')), ...(await runMap('STANDARD'))];
}

async function runMap(type: 'EXPRESS' | 'STANDARD'): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-map-'));
  let [peak, heard] = [0, 0];
  const { store } = openFileStore(folder);
  const executions = createExecutions({
    region: 'us-east-1',
    accountId: '123456789012',
    clock: createSkippingClock(),
    store,
    call: () => Promise.reject(new Error('No task is a part of this machine')),
    serves: () => true,
    random: Math.random,
    uuid: () => crypto.randomUUID(),
    publish: () => undefined,
    onBug: (bug) => {
      throw bug;
    },
    onEvent() {
      heard += 1;
      if (heard % SAMPLE_EVERY === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
    },
    interpreter: AMAZON_STATES_LANGUAGE,
  });
  try {
    const before = process.memoryUsage().heapUsed;
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    await runMachine(executions, definitionOf(type));
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const { seconds: atMost, mb } = BUDGETS[type];
    const what = `Map over ${ITEMS.toLocaleString('en')} items, ${type}`;
    return [
      {
        name: what,
        value: (user + system) / 1e6,
        unit: 'CPU-s',
        atMost,
        remark: `${seconds.toFixed(1)} s by the wall clock`,
        cpuMs: (user + system) / 1000,
      },
      { name: `${what}, heap at its peak`, value: (peak - before) / 1e6, unit: 'MB', atMost: mb },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runMachine({ define, service, ended }: Executions, definition: object) {
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:bench';
  const roleArn = 'arn:aws:iam::123456789012:role/bench';
  define({
    arn,
    name: 'bench',
    type: 'STANDARD',
    roleArn,
    definition: JSON.parse(JSON.stringify(definition)),
  });
  const input = JSON.stringify({ count: ITEMS });
  const started = await service.actions['StartExecution']?.(
    { stateMachineArn: arn, input },
    CALLER,
  );
  const executionArn = Object.entries(started ?? {}).find(([name]) => name === 'executionArn')?.[1];
  const { summary } = await ended(String(executionArn));
  if (summary.status !== 'SUCCEEDED') throw new Error(`${summary.error}: ${summary.cause}`);
}

function definitionOf(type: 'EXPRESS' | 'STANDARD'): object {
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: '{% [1..$states.input.count] %}',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
          StartAt: 'Only',
          States: { Only: { Type: 'Pass', Output: 1, End: true } },
        },
        Output: '{% $count($states.result) %}',
        End: true,
      },
    },
  };
}
