import type { Integration } from './integrations.ts';

/**
 * Hands an execution's trace header on with what it causes: the events that it puts and the executions
 * that it starts, unless they name one of their own.
 */
export function tracedInput(
  { service, action }: Integration,
  input: object,
  traceHeader: string | undefined,
): object {
  if (traceHeader === undefined) return input;
  if (service === 'states' && /^Start(Sync)?Execution$/.test(action)) {
    return { traceHeader, ...input };
  }
  if (service !== 'events' || action !== 'PutEvents' || !('Entries' in input)) return input;
  const Entries = [input.Entries]
    .flat()
    .map((entry) => (isObject(entry) ? { TraceHeader: traceHeader, ...entry } : entry));
  return { ...input, Entries };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
