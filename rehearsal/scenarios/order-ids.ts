import { type ExecutionResult, isJsonObject, type Json, parseJson, valueAt } from 'signalbox';

/** Finds the orders that executions are about, each once. */
export function orderIdsOf(executions: readonly ExecutionResult[]): readonly string[] {
  return [...new Set(executions.flatMap(({ input }) => orderIdIn(input) ?? []))];
}

/** The order that an event is about: its own, or that of the execution whose end it reports. */
export function orderIdIn(event: Json): string | undefined {
  const detail = isJsonObject(event) ? (event['detail'] ?? null) : null;
  const inputOfTheEnded = valueAt(detail, 'input');
  if (typeof inputOfTheEnded === 'string') return orderIdIn(parseJson(inputOfTheEnded) ?? null);
  const orderId = valueAt(detail, 'orderId');
  return typeof orderId === 'string' ? orderId : undefined;
}
