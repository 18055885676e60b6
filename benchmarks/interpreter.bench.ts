import { StateMachine as OtherMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { JsonObject } from '../packages/signalbox/src/core/json.ts';
import type { HistoryStore } from '../packages/signalbox/src/history/store.ts';
import { toAws } from '../packages/signalbox/src/history/to-aws.ts';
import type { BenchRow } from './bench-row.ts';
import { benchMachine, EXECUTION_ARN } from './interpreter-world.ts';
import { median } from './median.ts';

const TURNS = 1_000;
const TURN_TRANSITIONS = 2;
const EVENTS_PER_TURN = 4;
const LOOPS = 10;
const FEW = 3;
const MANY = 2_000;
const MAP_ITEMS = 10_000;
const SAMPLE_EVERY = 100;
const PAGE_EVENTS = 1_000;
const ROUNDS = 5;

/** Runs the interpreter side by side with `aws-local-stepfunctions` on the same definitions. */
export async function runInterpreterBench(): Promise<readonly BenchRow[]> {
  return [
    ...(await benchLoop()),
    ...(await benchOneState()),
    ...(await benchLongHistory()),
    await benchMap(),
  ];
}

/** A Pass/Choice loop: from its definition to its output, as it is rehearsed, and with the machine at hand. */
async function benchLoop(): Promise<readonly BenchRow[]> {
  const definition = loopOf(TURNS);
  const input = { count: 0 };
  const whole = await inTurns(
    () => secondsOf(() => repeat(LOOPS, () => benchMachine(definition)(input))),
    () =>
      secondsOf(() =>
        repeat(LOOPS, () => new OtherMachine(otherDefinition(definition)).run(input).result),
      ),
  );
  const [machine, other] = [
    benchMachine(definition),
    new OtherMachine(otherDefinition(definition)),
  ];
  const running = await inTurns(
    () => secondsOf(() => repeat(LOOPS, () => machine(input))),
    () => secondsOf(() => repeat(LOOPS, () => other.run(input).result)),
  );
  const transitions = TURNS * TURN_TRANSITIONS;
  return [
    ...compared(
      'transitions of a Pass/Choice loop',
      'transitions/s',
      whole,
      LOOPS * transitions,
      20,
    ),
    ...compared('… of a machine at hand', 'transitions/s', running, LOOPS * transitions),
  ];
}

/** A machine of one state, in the same two ways. */
async function benchOneState(): Promise<readonly BenchRow[]> {
  const whole = await inTurns(
    () => secondsOf(() => repeat(FEW, () => benchMachine(ONE_STATE)({}))),
    () =>
      secondsOf(() =>
        repeat(FEW, () => new OtherMachine(otherDefinition(ONE_STATE)).run({}).result),
      ),
  );
  const [machine, other] = [benchMachine(ONE_STATE), new OtherMachine(otherDefinition(ONE_STATE))];
  const running = await inTurns(
    () => secondsOf(() => repeat(MANY, () => machine({}))),
    () => secondsOf(() => repeat(MANY, () => other.run({}).result)),
  );
  return [
    ...compared('executions of one state', 'executions/s', whole, FEW, 100),
    ...compared('… of a machine at hand', 'executions/s', running, MANY),
  ];
}

/** Our rate with theirs beside it, and the ratio, which has a floor where one is named. */
function compared(
  name: string,
  unit: string,
  { ours, others }: Timed,
  count: number,
  atLeast?: number,
): readonly BenchRow[] {
  const theirs = Number((count / others).toPrecision(3)).toLocaleString('en');
  const ratio = row(`${name}, ratio`, others / ours, '×');
  return [
    { ...row(name, count / ours, unit), remark: `aws-local-stepfunctions: ${theirs}` },
    atLeast === undefined ? ratio : { ...ratio, atLeast },
  ];
}

/** What an event costs in a long history, against a short one: in writing it, and in reading it by pages. */
async function benchLongHistory(): Promise<readonly BenchRow[]> {
  const [short, long] = [2_500, 24_000];
  const written = {
    short: benchMachine(loopOf(short / EVENTS_PER_TURN)),
    long: benchMachine(loopOf(long / EVENTS_PER_TURN)),
  };
  const writing = await inTurns(
    () => secondsOf(() => repeat(10, () => written.short({ count: 0 }))),
    () => secondsOf(() => written.long({ count: 0 })),
  );
  const stores = {
    short: await written.short({ count: 0 }),
    long: await written.long({ count: 0 }),
  };
  const reading = await inTurns(
    () => secondsOf(() => repeat(10, async () => readPages(stores.short))),
    () => secondsOf(async () => readPages(stores.long)),
  );
  const ratio = ({ ours, others }: Timed): number => others / long / (ours / (10 * short));
  const remark = `${long.toLocaleString('en')} events against ${short.toLocaleString('en')}`;
  return [
    { ...row('time per event of a long history', ratio(writing), '×'), atMost: 1.5, remark },
    { ...row('time per event, read by pages', ratio(reading), '×'), atMost: 1.5, remark },
  ];
}

function readPages(store: HistoryStore): void {
  let firstId = 1;
  for (;;) {
    const page = store.events(EXECUTION_ARN, firstId, PAGE_EVENTS).map((event) => toAws(event));
    if (page.length === 0) return;
    firstId += page.length;
  }
}

/** The heap is sampled as children start: the figure holds what is not yet collected too. */
async function benchMap(): Promise<BenchRow> {
  let peak = 0;
  let started = 0;
  const sample = (): void => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  };
  const machine = benchMachine(DISTRIBUTED_MAP, () => {
    started += 1;
    if (started % SAMPLE_EVERY === 0) sample();
  });
  const items = Array.from({ length: MAP_ITEMS }, (_, id) => ({ id }));
  const before = process.memoryUsage().heapUsed;
  const seconds = await secondsOf(() => machine(items));
  sample();
  const count = MAP_ITEMS.toLocaleString('en');
  const remark = `${Math.round(MAP_ITEMS / seconds).toLocaleString('en')} items/s`;
  const growth = row(`heap growth of a Map over ${count} items`, (peak - before) / 1e6, 'MB');
  return { ...growth, atMost: 100, remark };
}

/** Counts up to `turns`: each turn is a Pass and a Choice. */
function loopOf(turns: number): JsonObject {
  return {
    StartAt: 'Count',
    States: {
      Count: {
        Type: 'Pass',
        Parameters: { 'count.$': 'States.MathAdd($.count, 1)' },
        Next: 'Enough?',
      },
      'Enough?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.count', NumericGreaterThanEquals: turns, Next: 'Done' }],
        Default: 'Count',
      },
      Done: { Type: 'Succeed' },
    },
  };
}

const ONE_STATE: JsonObject = {
  StartAt: 'Only',
  States: { Only: { Type: 'Pass', Result: { done: true }, End: true } },
};

const DISTRIBUTED_MAP: JsonObject = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Only',
        States: { Only: { Type: 'Pass', Result: 1, End: true } },
      },
      ResultPath: null,
      OutputPath: '$[0]',
      End: true,
    },
  },
};

/** The same definition, as the other package types it. */
function otherDefinition(definition: JsonObject): StateMachineDefinition {
  const other: StateMachineDefinition = JSON.parse(JSON.stringify(definition));
  return other;
}

interface Timed {
  readonly ours: number;
  readonly others: number;
}

/** Times two runs by turns, after one of each to warm up: the medians, in seconds. */
async function inTurns(ours: () => Promise<number>, others: () => Promise<number>): Promise<Timed> {
  await ours();
  await others();
  const times: Timed[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push({ ours: await ours(), others: await others() });
  }
  return {
    ours: median(times.map((time) => time.ours)),
    others: median(times.map((time) => time.others)),
  };
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}

async function repeat(times: number, run: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time += 1) await run();
}

function row(name: string, value: number, unit: string): BenchRow {
  return { name, value, unit };
}
