import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../failovers/random.ts';
import { type CrashPlan, planCrashes } from './crash-plan.ts';
import type { CrashStage } from './crash-stage.ts';
import type { Load, LoadOptions } from './load.ts';
import { auditLoad } from './loads/audit-load.ts';
import { eventLoad } from './loads/event-load.ts';
import { executionLoad } from './loads/execution-load.ts';
import { failoverLoad } from './loads/failover-load.ts';
import { objectLoad } from './loads/object-load.ts';
import { orderLoad } from './loads/order-load.ts';
import { parameterLoad } from './loads/parameter-load.ts';
import { queueLoad } from './loads/queue-load.ts';
import { replicaLoad } from './loads/replica-load.ts';
import { scheduleLoad } from './loads/schedule-load.ts';
import { tableLoad } from './loads/table-load.ts';

const LOADS: readonly ((options: LoadOptions) => Load)[] = [
  orderLoad,
  failoverLoad,
  auditLoad,
  executionLoad,
  eventLoad,
  scheduleLoad,
  queueLoad,
  tableLoad,
  objectLoad,
  parameterLoad,
  replicaLoad,
];

/** The runs of the seeds that are known have had so many loads: a new one leaves theirs as they were. */
const RANDOMS_A_RUN = 10;

/** What is wrong in the same way for this time stays so. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 200;

/** A run, and in which ways it broke what every run must hold. */
export interface CheckedCrashRun {
  readonly plan: CrashPlan;
  readonly wrongs: readonly string[];
}

/** Plays the run of a seed: load and kills, then rest, then what was accepted is accounted for. */
export async function playCrashRun(stage: CrashStage, seed: number): Promise<CheckedCrashRun> {
  const plan = planCrashes(seed);
  const loads = LOADS.map((create, index) =>
    create({ stage, random: createRandom(seed * RANDOMS_A_RUN + index), run: `run-${seed}` }),
  );
  for (const load of loads) await load.prepare();
  stage.begin(plan.kills);
  const refused = await Promise.all(loads.map(call));
  await stage.finishKills();
  return { plan, wrongs: [...refused.flat(), ...(await comeToRest(loads))] };
}

async function call({ steps }: Load): Promise<readonly string[]> {
  const wrongs: string[] = [];
  for (const step of steps) wrongs.push(...(await orWhy(() => step().then(() => undefined))));
  return wrongs;
}

/** Does something; what is refused is wrong too, such as a call of what is gone. */
async function orWhy(
  act: () => Promise<readonly string[] | undefined>,
): Promise<readonly string[]> {
  try {
    return (await act()) ?? [];
  } catch (error) {
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  }
}

/** Looks until all is well at once; returns what is wrong where it stays so. */
async function comeToRest(loads: readonly Load[]): Promise<readonly string[]> {
  let [waiting, last, giveUpMs] = [loads, '', 0];
  for (;;) {
    const isWhole = waiting.length === loads.length;
    const checked = await Promise.all(
      waiting.map(async (load) => ({ load, wrongs: await attendAndCheck(load) })),
    );
    const wrong = checked.filter(({ wrongs }) => wrongs.length > 0);
    const wrongs = wrong.flatMap((one) => one.wrongs);
    if (wrongs.length === 0 && isWhole) return [];
    if (wrongs.join() !== last) giveUpMs = performance.now() + PATIENCE_MS;
    last = wrongs.join();
    if (performance.now() > giveUpMs) return wrongs;
    // What was well is looked at again once the rest is.
    waiting = wrong.length === 0 ? loads : wrong.map(({ load }) => load);
    if (wrong.length > 0) await delay(LOOK_AGAIN_MS);
  }
}

async function attendAndCheck(load: Load): Promise<readonly string[]> {
  const wrongs = [
    ...(await orWhy(async () => void (await load.attend?.()))),
    ...(await orWhy(() => load.wrongs())),
  ];
  return wrongs.map((wrong) => `${load.name}: ${wrong}`);
}

/** Writes out a run that broke something, with all that it takes to repeat it. */
export function storyOf({ plan, wrongs }: CheckedCrashRun): string {
  return [
    `The run of seed ${plan.seed} broke what every run must hold:`,
    ...plan.kills.map(({ calls, delayMs }) => `  it was killed ${delayMs} ms after ${calls} calls`),
    ...wrongs.map((wrong) => `  ${wrong}`),
    `Repeat it: npm run test:crash -- --runs 1 --seed ${plan.seed}`,
  ].join('\n');
}
