import { createTimetable, type Timetable } from '../failovers/timetable.ts';
import { answerPeople } from './answer-people.ts';
import { bringBackEvents } from './bring-back-events.ts';
import { checkOrders } from './check-orders.ts';
import { generateOrderPlan } from './generate-order-plan.ts';
import { observe, runningExecutions } from './order-observation.ts';
import type { OrderPlan } from './order-plan.ts';
import type { OrderStage } from './order-stage.ts';
import { placeOrder } from './place-order.ts';
import { settleByHand } from './settle-by-hand.ts';
import { openOrders, putStock } from './tables.ts';
import { workOffParked } from './work-off-parked.ts';

/** No run waits for somebody so often. */
const MAX_RESTS = 60;
/** An order that is never done is swept anew each hour: what must come out does so within these. */
const MAX_SWEEPS = 6;
const SWEEP_MS = 61 * 60_000;

/** A run of the test, and in which ways it broke what every run must hold. */
export interface CheckedOrders {
  readonly plan: OrderPlan;
  readonly wrongs: readonly string[];
  /** What has become of its orders. */
  readonly outcomes: readonly string[];
  /** The number of calls that went wrong on purpose. */
  readonly injectedFaults: number;
}

/** Plays the run of a seed to its end, and checks it. */
export function playOrderRun(stage: OrderStage, seed: number): Promise<CheckedOrders> {
  return playOrders(stage, generateOrderPlan(seed));
}

/** Plays a run to its end, and checks it. */
export async function playOrders(stage: OrderStage, plan: OrderPlan): Promise<CheckedOrders> {
  const { journal, injectedFaults, said } = stage;
  await fillShelves(stage, plan);
  await loseStatusEvents(stage, plan.losesStatusEvents);
  const saidBefore = said.length;
  const begunAt = stage.clock.now();
  journal.begin();
  injectedFaults.begin(plan.injectedFaults);
  const timetable = createTimetable(stage);
  const placed = schedule(stage, plan, timetable);
  await comeToRest(stage, plan, timetable);
  injectedFaults.end();
  if (await bringBackEvents(stage, begunAt)) await comeToRest(stage, plan, timetable);
  timetable.close();
  await sweepUp(stage);
  // A run may be over before the time of its last order has come.
  const played = { ...plan, orders: plan.orders.filter(({ orderId }) => placed.has(orderId)) };
  const seen = await observe(stage, played, said.slice(saidBefore));
  await settleByHand(stage);
  return {
    plan,
    wrongs: checkOrders(played, seen),
    outcomes: seen.orders.map(({ order }) => String(order?.['status'])),
    injectedFaults: injectedFaults.count(),
  };
}

/** Writes out a run that broke something, with all that it takes to repeat it alone. */
export function ordersText({ plan, wrongs }: Pick<CheckedOrders, 'plan' | 'wrongs'>): string {
  return [
    `The run of seed ${plan.seed} broke what every run must hold:`,
    ...wrongs.map((wrong) => `  ${wrong}`),
    `Repeat it: npm run test:orders -- --runs 1 --seed ${plan.seed}`,
    JSON.stringify(plan),
  ].join('\n');
}

async function fillShelves(stage: OrderStage, { stock }: OrderPlan): Promise<void> {
  for (const [sku, available] of Object.entries(stock)) await putStock(stage, sku, available);
}

async function loseStatusEvents({ stage }: OrderStage, areLost: boolean): Promise<void> {
  const Name = stage.physicalId('OrderReconciliationStateMachineOrderEndedBadly');
  await stage.call('events', areLost ? 'DisableRule' : 'EnableRule', { Name });
}

/** Returns the ids of the orders that are placed, as they are. */
function schedule(stage: OrderStage, plan: OrderPlan, timetable: Timetable): ReadonlySet<string> {
  const placed = new Set<string>();
  for (const order of plan.orders) {
    const place = async (note?: string): Promise<void> => {
      await placeOrder(stage, order, note);
      placed.add(order.orderId);
    };
    timetable.at(order.at, () => place());
    for (const time of order.again) timetable.at(time, () => place());
    if (order.conflict === undefined) continue;
    timetable.at(order.conflict, () => place('Another order of this id'));
  }
  for (const stop of plan.stops) timetable.at(stop, () => stopAll(stage));
  return placed;
}

async function stopAll(stage: OrderStage): Promise<void> {
  for (const executionArn of await runningExecutions(stage)) {
    const stop = { executionArn, cause: 'The test stops it' };
    await stage.stage.call('states', 'StopExecution', stop);
  }
}

/** Answers whoever is asked, until every execution has ended. */
async function comeToRest(stage: OrderStage, plan: OrderPlan, timetable: Timetable): Promise<void> {
  const answered = new Set<string>();
  for (let rests = 0; rests < MAX_RESTS; rests += 1) {
    await timetable.idle();
    await stage.runtime.settled();
    await timetable.idle();
    if (await answerPeople(stage, plan.orders, answered)) continue;
    if ((await runningExecutions(stage)).length === 0) return;
    stage.stage.nobodyAnswers?.();
  }
}

/** Lets the hours pass in which the sweep looks after what is still open. */
async function sweepUp(stage: OrderStage): Promise<void> {
  for (let sweeps = 0; sweeps < MAX_SWEEPS; sweeps += 1) {
    stage.clock.skipTo(stage.clock.now().getTime() + SWEEP_MS);
    await stage.runtime.settled();
    await stage.stage.runSchedule('SweepOpenOrdersFunctionEveryFiveMinutes');
    await stage.runtime.settled();
    if ((await openOrders(stage)).length === 0) break;
  }
  await workOffParked(stage);
}
