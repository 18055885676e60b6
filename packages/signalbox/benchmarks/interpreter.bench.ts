import type { JsonObject } from '../src/core/json.ts';
import type { HistoryStore } from '../src/history/store.ts';
import { toAws } from '../src/history/to-aws.ts';
import { benchMachine, EXECUTION_ARN } from './bench-machine.ts';
import type { BenchRow } from './bench-row.ts';
import { median } from './median.ts';
import { importPeer, type PeerMachine } from './peer-machine.ts';

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

/** Runs the interpreter, side by side with `aws-local-stepfunctions` on the same definitions where that is installed. */
export async function runInterpreterBench(root: string): Promise<readonly BenchRow[]> {
  const Peer = await importPeer(root);
  return [
    ...(await benchLoop(Peer)),
    ...(await benchOneState(Peer)),
    ...(await benchLongHistory()),
    await benchMap(),
  ];
}

/** A Pass/Choice loop: from its definition to its output, as it is rehearsed, and with the machine at hand. */
async function benchLoop(Peer: PeerMachine | undefined): Promise<readonly BenchRow[]> {
  const transitions = LOOPS * TURNS * TURN_TRANSITIONS;
  return benchBothWays(Peer, {
    name: 'transitions of a Pass/Choice loop',
    unit: 'transitions/s',
    definition: loopOf(TURNS),
    input: { count: 0 },
    whole: { runs: LOOPS, count: transitions, atLeast: 20 },
    running: { runs: LOOPS, count: transitions },
  });
}

/** A machine of one state, in the same two ways. */
async function benchOneState(Peer: PeerMachine | undefined): Promise<readonly BenchRow[]> {
  return benchBothWays(Peer, {
    name: 'executions of one state',
    unit: 'executions/s',
    definition: ONE_STATE,
    input: {},
    whole: { runs: FEW, count: FEW, atLeast: 100 },
    running: { runs: MANY, count: MANY },
  });
}

/** One way of running a definition: how often, and how many units that counts as. */
interface Way {
  readonly runs: number;
  readonly count: number;
  /** The least multiple of the other engine's rate that ours must reach. */
  readonly atLeast?: number;
}

interface BothWays {
  readonly name: string;
  readonly unit: string;
  readonly definition: JsonObject;
  readonly input: JsonObject;
  /** Each run parses the definition first. */
  readonly whole: Way;
  /** All runs share a machine that is parsed already. */
  readonly running: Way;
}

async function benchBothWays(
  Peer: PeerMachine | undefined,
  { name, unit, definition, input, whole, running }: BothWays,
): Promise<readonly BenchRow[]> {
  const machine = benchMachine(definition);
  const peer = Peer && new Peer(definition);
  const times = {
    whole: await timed(
      () => secondsOf(() => repeat(whole.runs, () => benchMachine(definition)(input))),
      Peer &&
        (() => secondsOf(() => repeat(whole.runs, () => new Peer(definition).run(input).result))),
    ),
    running: await timed(
      () => secondsOf(() => repeat(running.runs, () => machine(input))),
      peer && (() => secondsOf(() => repeat(running.runs, () => peer.run(input).result))),
    ),
  };
  return [
    ...rowsOf(name, unit, times.whole, whole),
    ...rowsOf('… of a machine at hand', unit, times.running, running),
  ];
}

/** Our rate; with the other engine's beside it and the ratio where that one ran. */
function rowsOf(
  name: string,
  unit: string,
  { ours, others }: OurTime,
  { count, atLeast }: Way,
): readonly BenchRow[] {
  const rate = row(name, count / ours, unit);
  if (others === undefined) return [rate];
  const theirs = Number((count / others).toPrecision(3)).toLocaleString('en');
  const ratio = row(`${name}, ratio`, others / ours, '×');
  return [
    { ...rate, remark: `aws-local-stepfunctions: ${theirs}` },
    atLeast === undefined ? ratio : { ...ratio, atLeast },
  ];
}

/** The time of an event in a long history against a short one: written, and read by pages. */
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

interface Timed {
  readonly ours: number;
  readonly others: number;
}

/** Seconds of our run, and of the other engine's where that one ran. */
interface OurTime {
  readonly ours: number;
  readonly others: number | undefined;
}

async function timed(
  ours: () => Promise<number>,
  others: (() => Promise<number>) | undefined,
): Promise<OurTime> {
  if (others !== undefined) return inTurns(ours, others);
  return { ours: (await inTurns(ours, () => Promise.resolve(0))).ours, others: undefined };
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
