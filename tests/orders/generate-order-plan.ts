import { createRandom, type Random } from '../failovers/random.ts';
import type { PlannedInjectedFault, PlannedTime } from '../failovers/run-plan.ts';
import type { OrderPlan, PersonsAnswer, PlannedOrder } from './order-plan.ts';

/** Calls of orders that may go wrong, each with how many of them a run of the most orders may make, and how. */
const CALLS: readonly (readonly [call: string, most: number, errors: readonly string[]])[] = [
  ['lambda:Invoke', 30, ['ServiceException', 'TooManyRequestsException']],
  ['dynamodb:PutItem', 6, ['InternalServerError', 'ThrottlingException']],
  ['dynamodb:GetItem', 6, ['InternalServerError', 'ThrottlingException']],
  ['dynamodb:UpdateItem', 16, ['InternalServerError', 'ThrottlingException']],
  ['dynamodb:TransactWriteItems', 4, ['InternalServerError', 'ThrottlingException']],
  ['events:PutEvents', 6, ['InternalException', 'ThrottlingException']],
  ['sqs:SendMessage', 3, ['InternalError']],
  ['states:SendTaskSuccess', 3, ['InternalFailure', 'ThrottlingException']],
  ['states:SendTaskFailure', 2, ['InternalFailure']],
  ['states:StartExecution', 4, ['InternalFailure', 'ThrottlingException']],
  ['states:DescribeExecution', 4, ['InternalFailure', 'ThrottlingException']],
  ['secretsmanager:GetSecretValue', 4, ['InternalServiceError']],
];

/** In a run. */
const MOST_ORDERS = 4;

/** Above the threshold from which a person is asked. */
const DEAR = 200_000;

/** Makes all that happens in a run from a seed. */
export function generateOrderPlan(seed: number): OrderPlan {
  const random = createRandom(seed);
  const skus = Array.from({ length: random.integer(1, 2) }, (_, index) => `sku-${seed}-${index}`);
  const count = random.weighted([
    [50, 1],
    [30, 2],
    [20, MOST_ORDERS],
  ]);
  return {
    seed,
    stock: Object.fromEntries(skus.map((sku) => [sku, stockOf(random)])),
    orders: Array.from({ length: count }, (_, index) => orderOf(random, skus, seed, index)),
    stops: Array.from({ length: random.weighted(NUMBER_OF_STOPS) }, () => timeOf(random)),
    injectedFaults: faultsOf(random, count),
    losesStatusEvents: random.chance(0.25),
  };
}

/** Mostly enough: an order out of stock is over before it has charged. */
function stockOf(random: Random): number {
  return random.chance(0.3) ? random.integer(0, 3) : random.integer(3, 12);
}

const NUMBER_OF_STOPS = [
  [65, 0],
  [25, 1],
  [10, 2],
] as const;

function orderOf(
  random: Random,
  skus: readonly string[],
  seed: number,
  index: number,
): PlannedOrder {
  const unitPrice = random.chance(0.25) ? DEAR : 1_000;
  const bought = random.chance(0.7) ? skus.slice(0, 1) : skus;
  return {
    orderId: `ord-${seed}-${index}`,
    lines: bought.map((sku) => ({ sku, quantity: random.integer(1, 3), unitPrice })),
    cardToken: random.weighted([
      [60, 'tok_approve'],
      [8, 'tok_decline'],
      [8, 'tok_timeout_before'],
      [8, 'tok_timeout_after'],
      [8, 'tok_error_once'],
      [8, 'tok_refund_fails'],
    ]),
    country: random.chance(0.15) ? 'AQ' : 'DE',
    method: random.chance(0.25) ? 'freight' : 'standard',
    at: index === 0 || random.chance(0.6) ? { kind: 'first' } : timeOf(random),
    again: random.chance(0.2) ? [timeOf(random)] : [],
    ...(random.chance(0.08) && { conflict: timeOf(random) }),
    approval: answerOf(random),
    carrier: answerOf(random),
  };
}

function answerOf(random: Random): PersonsAnswer {
  return random.weighted([
    [60, 'yes'],
    [15, 'no'],
    [15, 'nobody'],
    [10, 'twice'],
  ]);
}

function faultsOf(random: Random, orders: number): readonly PlannedInjectedFault[] {
  const count = random.weighted([
    [30, 0],
    [45, 1],
    [25, 2],
  ]);
  return Array.from({ length: count }, () => {
    const [call, most, errors] = random.pick(CALLS);
    return {
      call,
      // A call that a run never makes goes wrong in none.
      occurrence: random.integer(1, Math.ceil((most * orders) / MOST_ORDERS)),
      times: random.weighted([
        [50, 1],
        [30, 4],
        [20, 30],
      ]),
      when: random.pick(['before', 'after']),
      error: random.pick(errors),
    };
  });
}

/** Most times are amid the calls of an order: it makes some thirty. */
function timeOf(random: Random): PlannedTime {
  if (random.chance(0.7)) return { kind: 'calls', calls: random.integer(1, random.pick([30, 90])) };
  return { kind: 'seconds', seconds: random.integer(0, random.pick([60, 4_000, 100_000])) };
}
