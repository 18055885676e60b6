import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';

/** Time that a call may take that only hands a token out, in seconds. */
const HAND_OUT_SECONDS = 15;

/**
 * Adds up how long a workflow can take when every state is entered once and every attempt takes its
 * whole time-out, in seconds; `awaited` says how long each wait for a token may last.
 */
export function longestSeconds(
  definition: Json,
  awaited: Readonly<Record<string, number>> = {},
): number {
  const states = isJsonObject(definition) ? definition['States'] : undefined;
  return Object.entries(isJsonObject(states) ? states : {}).reduce(
    (sum, [name, state]) => sum + (isJsonObject(state) ? stateSeconds(state, awaited[name]) : 0),
    0,
  );
}

function stateSeconds(state: JsonObject, awaitedSeconds: number | undefined): number {
  if (state['Type'] === 'Wait') return Number(state['Seconds']);
  if (state['Type'] !== 'Task') return 0;
  const retriers = Array.isArray(state['Retry']) ? state['Retry'].filter(isJsonObject) : [];
  const retries = retriers.flatMap(waits);
  const attemptSeconds =
    awaitedSeconds === undefined ? Number(state['TimeoutSeconds']) : HAND_OUT_SECONDS;
  const waitSeconds = retries.reduce((sum, seconds) => sum + seconds, 0);
  return (1 + retries.length) * attemptSeconds + waitSeconds + (awaitedSeconds ?? 0);
}

/** The longest wait before each of a retrier's attempts. */
function waits(retrier: JsonObject): readonly number[] {
  const { IntervalSeconds: interval = 1, BackoffRate: rate = 2 } = retrier;
  const { MaxAttempts: attempts = 3, MaxDelaySeconds: most = Number.POSITIVE_INFINITY } = retrier;
  return Array.from({ length: Number(attempts) }, (_, index) =>
    Math.min(Number(interval) * Number(rate) ** index, Number(most)),
  );
}
