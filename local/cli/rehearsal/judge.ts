import type { Played, PlayedExecution } from './played.ts';
import type { Expectation } from './sample.ts';

type ExpectedExecution = Expectation['executions'][number];

/** Compares what a sample came to with what it must come to; answers every difference. */
export function judge(
  expected: Expectation,
  played: Played,
  stateMachine: string,
): readonly string[] {
  const executions = played.executions.filter((one) => one.stateMachine === stateMachine);
  return [
    ...judgeExecutions(expected.executions, executions),
    ...judgeOrders(expected.orders, Object.entries(played.orders)),
    ...Object.entries(expected.stock).flatMap(([sku, available]) =>
      difference(`stock of ${sku}`, available, played.stock[sku] ?? 'absent'),
    ),
    ...Object.entries(expected.payments).flatMap(([orderId, statuses]) =>
      difference(`payment of ${orderId}`, inOrder([statuses].flat()), paymentsOf(played, orderId)),
    ),
    ...difference('dead letters', expected.deadLetters, played.deadLetters),
    ...difference(
      'failed compensations',
      inOrder(expected.compensationFailures),
      inOrder(played.compensationFailures),
    ),
  ];
}

/** Each expected execution takes one that fits it; what remains on either side is a difference. */
function judgeExecutions(
  expected: readonly ExpectedExecution[],
  executions: readonly PlayedExecution[],
): readonly string[] {
  const { missing, left } = pair(expected, executions, fits);
  return [
    ...missing.map((one) => `expected an execution ${textOf(one)}`),
    ...left.map((execution) => `did not expect the execution ${gotText(execution)}`),
  ];
}

function judgeOrders(
  expected: Expectation['orders'],
  orders: readonly (readonly [string, string])[],
): readonly string[] {
  const { missing, left } = pair(
    expected,
    orders,
    (one, [orderId, status]) => isOrder(one.orderId, orderId) && one.status === status,
  );
  const got = left.map(([orderId, status]) => `${orderId} ${status}`).join(', ') || 'none';
  return missing.map(({ orderId, status }) => `order ${orderId}: expected ${status}, got ${got}`);
}

/** Gives each expected thing the first that fits it and is not taken yet. */
function pair<E, T>(
  expected: readonly E[],
  things: readonly T[],
  isFit: (one: E, thing: T) => boolean,
): { readonly missing: readonly E[]; readonly left: readonly T[] } {
  const left = [...things];
  const missing = expected.filter((one) => {
    const index = left.findIndex((thing) => isFit(one, thing));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { missing, left };
}

function fits(one: ExpectedExecution, execution: PlayedExecution): boolean {
  return (
    isOrder(one.orderId, execution.orderId ?? '') &&
    execution.status === one.status &&
    (one.error === undefined || execution.error === one.error) &&
    (one.lastState === undefined || execution.path.at(-1) === one.lastState)
  );
}

function isOrder(expected: string, orderId: string): boolean {
  return expected.endsWith('*') ? orderId.startsWith(expected.slice(0, -1)) : orderId === expected;
}

function paymentsOf({ payments }: Played, expected: string): string {
  const found = Object.entries(payments).filter(([orderId]) => isOrder(expected, orderId));
  return inOrder(found.map(([, status]) => status));
}

function inOrder(words: readonly string[]): string {
  return [...words].sort().join(', ') || 'none';
}

function textOf({ orderId, status, error, lastState }: ExpectedExecution): string {
  return [`of ${orderId}`, status, error, lastState && `in ${lastState}`].filter(Boolean).join(' ');
}

function gotText({ orderId, status, error, path }: PlayedExecution): string {
  return [`of ${orderId}`, status, error, `in ${path.at(-1)}`].filter(Boolean).join(' ');
}

function difference(
  what: string,
  expected: string | number,
  got: string | number,
): readonly string[] {
  return expected === got ? [] : [`${what}: expected ${expected}, got ${got}`];
}
