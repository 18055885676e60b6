import type { Json } from '../core/json.ts';
import type { Expectation } from './expectation.ts';
import type { ExecutionResult, ScenarioResult } from './scenario-result.ts';
import { valueAt } from './value-at.ts';

type ExpectedExecution = Expectation['executions'][number];

/** Compares what a scenario came to with what it must come to; answers every difference. */
export function differencesOf(expected: Expectation, played: ScenarioResult): readonly string[] {
  return [
    ...played.omissions,
    ...executionDifferences(expected.executions, played.executions),
    ...shopDifferences(expected, played),
    ...operationDifferences(expected, played),
    ...difference('dead letters', expected.deadLetters, played.deadLetters),
  ];
}

/** Each expected execution takes one that fits it; one that is missing is shown with the nearest of the rest. */
function executionDifferences(
  expected: readonly ExpectedExecution[],
  executions: readonly ExecutionResult[],
): readonly string[] {
  const { missing, left: rest } = pair(expected, executions, fits);
  const left = [...rest];
  const lines = missing.map((one) => {
    const nearest = [...left].sort((a, b) => likeness(one, b) - likeness(one, a))[0];
    if (nearest === undefined) return `expected an execution ${textOf(one)}; none is left`;
    left.splice(left.indexOf(nearest), 1);
    return `expected an execution ${textOf(one)}; nearest: ${gotText(nearest)}`;
  });
  return [
    ...lines,
    ...left.map((execution) => `did not expect the execution ${gotText(execution)}`),
  ];
}

function shopDifferences(expected: Expectation, played: ScenarioResult): readonly string[] {
  return [
    ...orderDifferences(expected.orders, Object.entries(played.orders)),
    ...Object.entries(expected.stock).flatMap(([sku, available]) =>
      difference(`stock of ${sku}`, available, played.stock[sku] ?? 'absent'),
    ),
    ...Object.entries(expected.payments).flatMap(([orderId, statuses]) =>
      difference(`payment of ${orderId}`, inOrder([statuses].flat()), paymentsOf(played, orderId)),
    ),
    ...difference(
      'failed compensations',
      inOrder(expected.compensationFailures),
      inOrder(played.compensationFailures),
    ),
  ];
}

function orderDifferences(
  expected: Expectation['orders'],
  orders: readonly (readonly [string, string])[],
): readonly string[] {
  const { missing, left } = pair(
    expected,
    orders,
    (one, [orderId, status]) => isLike(one.orderId, orderId) && one.status === status,
  );
  const got = left.map(([orderId, status]) => `${orderId} ${status}`).join(', ') || 'none';
  return missing.map(({ orderId, status }) => `order ${orderId}: expected ${status}, got ${got}`);
}

function operationDifferences(expected: Expectation, played: ScenarioResult): readonly string[] {
  return [
    ...Object.entries(expected.world).flatMap(([path, value]) =>
      difference(path, jsonText(value), jsonText(played.world[path] ?? null)),
    ),
    ...difference('locks held', 'none', inOrder(played.heldLocks)),
    ...listDifferences('mutating calls', expected.mutatingCalls, played.mutatingCalls),
    ...listDifferences('events published', expected.published, played.published),
    ...Object.entries(expected.metrics).flatMap(([name, value]) =>
      difference(`metric ${name}`, value, played.metrics[name] ?? 0),
    ),
    ...expected.reports
      .filter((key) => !played.reports.some((one) => isLike(key, one)))
      .map((key) => `report ${key}: got ${inOrder(played.reports)}`),
  ];
}

function listDifferences(
  what: string,
  expected: readonly string[] | undefined,
  got: readonly string[],
): readonly string[] {
  return expected === undefined ? [] : difference(what, inOrder(expected), inOrder(got));
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

function fits(one: ExpectedExecution, execution: ExecutionResult): boolean {
  return agreements(one, execution).every((agrees) => agrees);
}

/** How much of what is expected an execution has. */
function likeness(one: ExpectedExecution, execution: ExecutionResult): number {
  return agreements(one, execution).filter((agrees) => agrees).length;
}

function agreements(one: ExpectedExecution, execution: ExecutionResult): readonly boolean[] {
  return [
    one.orderId === undefined || isLike(one.orderId, execution.orderId ?? ''),
    execution.status === one.status,
    one.error === undefined || execution.error === one.error,
    one.lastState === undefined || execution.path.at(-1) === one.lastState,
    ...Object.entries(one.output).map(
      ([path, value]) => jsonText(valueAt(execution.output, path)) === jsonText(value),
    ),
  ];
}

/** Compares with a text in which `*` stands for whatever is there. */
function isLike(expected: string, text: string): boolean {
  const [first = '', ...rest] = expected.split('*');
  const last = rest.pop();
  if (last === undefined) return text === expected;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

function paymentsOf({ payments }: ScenarioResult, expected: string): string {
  const found = Object.entries(payments).filter(([orderId]) => isLike(expected, orderId));
  return inOrder(found.map(([, status]) => status));
}

function inOrder(words: readonly string[]): string {
  return [...words].sort().join(', ') || 'none';
}

function textOf({ orderId, status, error, lastState, output }: ExpectedExecution): string {
  const of = orderId && `of ${orderId}`;
  const values = Object.entries(output).map(([path, value]) => `${path} ${jsonText(value)}`);
  return [of, status, error, lastState && `in ${lastState}`, ...values].filter(Boolean).join(' ');
}

function gotText({ orderId, status, error, path, output }: ExecutionResult): string {
  const of = orderId && `of ${orderId}`;
  const came = output === null ? '' : `with ${jsonText(output).slice(0, 300)}`;
  return [of, status, error, `in ${path.at(-1)}`, came].filter(Boolean).join(' ');
}

function jsonText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function difference(
  what: string,
  expected: string | number,
  got: string | number,
): readonly string[] {
  return expected === got ? [] : [`${what}: expected ${expected}, got ${got}`];
}
