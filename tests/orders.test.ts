import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshSeed } from './failovers/play-runs.ts';
import { generateOrderPlan } from './orders/generate-order-plan.ts';
import { KNOWN_STORIES } from './orders/known-stories.ts';
import { type OrderStage, openOrderStage } from './orders/order-stage.ts';
import { ordersText, playOrderRun, playOrders } from './orders/play-order-run.ts';

/** Runs with seeds that nobody has chosen; `npm run test:orders` plays thousands. */
const FRESH_RUNS = 10;

const asked = process.env['SIGNALBOX_SEED'];
let stage: OrderStage;

beforeAll(async () => {
  stage = await openOrderStage();
});
afterAll(() => stage?.runtime.close());

describe('any orders', () => {
  test.each(asked === undefined ? KNOWN_STORIES : [])('$title', async ({ plan, outcome }) => {
    const run = await playOrders(stage, plan);

    expect(run).toMatchObject({ wrongs: [], outcomes: [outcome] });
    expect(run.injectedFaults > 0 || plan.injectedFaults.length === 0).toBe(true);
  });

  const first = asked === undefined ? freshSeed() : Number(asked);
  const runs = asked === undefined ? FRESH_RUNS : 1;

  test(`hold what they must: ${runs} runs from seed ${first}`, async () => {
    for (let seed = first; seed < first + runs; seed += 1) {
      const run = await playOrderRun(stage, seed);
      if (run.wrongs.length > 0) throw new Error(ordersText(run));
    }
    expect(stage.said.filter((line) => line.startsWith('A bug'))).toEqual([]);
  });
});

describe('generateOrderPlan()', () => {
  test('makes the same of the same seed, and something else of another', () => {
    expect(generateOrderPlan(7)).toEqual(generateOrderPlan(7));
    expect(generateOrderPlan(8)).not.toEqual({ ...generateOrderPlan(7), seed: 8 });
  });

  test('leaves nothing out: every card, answer, stop, fault and lost event comes', () => {
    const plans = Array.from({ length: 2_000 }, (_, seed) => generateOrderPlan(seed));
    const orders = plans.flatMap((plan) => plan.orders);
    expect(new Set(orders.map(({ cardToken }) => cardToken)).size).toBe(6);
    expect(new Set(orders.map(({ approval }) => approval)).size).toBe(4);
    expect(new Set(orders.map(({ carrier }) => carrier)).size).toBe(4);
    expect(orders.some(({ again }) => again.length > 0)).toBe(true);
    expect(orders.some(({ conflict }) => conflict !== undefined)).toBe(true);
    expect(plans.some(({ stops }) => stops.length > 0)).toBe(true);
    expect(plans.some(({ losesStatusEvents }) => losesStatusEvents)).toBe(true);
    const calls = plans.flatMap((plan) => plan.injectedFaults.map(({ call }) => call));
    expect(new Set(calls).size).toBe(12);
  });
});
