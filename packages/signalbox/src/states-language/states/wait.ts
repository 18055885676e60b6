import { isJsonNumber, jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { WaitState } from '../ast.ts';
import { leaveWith, narrowedInput } from '../data-flow.ts';
import { ERROR } from '../error-names.ts';
import { evaluate, queryFailure } from '../evaluate.ts';
import type { Eventual } from '../eventual.ts';
import { jsonTypeName } from '../json-type-name.ts';
import { leave } from '../leave.ts';
import { MAX_SECONDS } from '../parse/bounds.ts';
import { record, type Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import { ABORTED, SIBLING_FAILED, type StateOutcome } from '../state-outcome.ts';
import type { Template } from '../template.ts';
import { timestampMs } from '../timestamp.ts';

/** Lets time pass: some seconds, or until a moment. */
export async function runWait(state: WaitState, visit: Visit): Promise<StateOutcome> {
  const { run } = visit;
  const input = narrowedInput(state.flow, visit);
  const value = await evaluateTime(state.time.value, { visit, root: input });
  const nowMs = run.ports.now().getTime();
  // A process that goes on with the wait keeps its deadline; a redrive waits anew.
  const beganMs = visit.past === undefined ? nowMs : visit.enteredAt.getTime();
  const endMs =
    state.time.kind === 'seconds'
      ? beganMs + secondsOf(state.time.value, value) * 1000
      : momentOf(state.time.value, value);
  if (endMs - nowMs > MAX_DELAY_MS) {
    throw new StateFailure(ERROR.runtime, 'Wait state delay is too long.');
  }
  await run.ports.sleep(Math.max(0, Math.min(endMs, lastMsOf(run)) - nowMs), run.signal);
  if (!run.signal.aborted && endMs > lastMsOf(run)) {
    run.timeOut();
    return ABORTED;
  }
  if (run.signal.aborted) {
    if (run.signal.reason === SIBLING_FAILED) record(run, { type: 'WaitStateAborted' });
    return ABORTED;
  }
  return leave(state, visit, await leaveWith(state.flow, visit, input), state.transition);
}

/** AWS: a state waits 2^31 - 1 seconds at most. */
const MAX_DELAY_MS = (2 ** 31 - 1) * 1000;
/** AWS: an execution lasts a year at most. */
const MAX_EXECUTION_MS = 365 * 24 * 60 * 60 * 1000;

/** The end of the year that an execution may last; nothing but a Wait takes so long. */
function lastMsOf({ ports }: Visit['run']): number {
  const execution = ports.context['Execution'];
  const started = isJsonObject(execution) ? Date.parse(String(execution['StartTime'])) : Number.NaN;
  return Number.isNaN(started) ? Number.POSITIVE_INFINITY : started + MAX_EXECUTION_MS;
}

function evaluateTime(
  template: Template,
  scope: Parameters<typeof evaluate>[1],
): Eventual<Json | undefined> {
  if (template.kind !== 'path') return evaluate(template, scope);
  try {
    return evaluate(template, scope);
  } catch (error) {
    if (error instanceof StateFailure) throw unreachable(template);
    throw error;
  }
}

type PathTemplate = Extract<Template, { kind: 'path' }>;

function unreachable({ path, field }: PathTemplate): StateFailure {
  return new StateFailure(
    ERROR.runtime,
    `The ${field} parameter does not reference an input value: ${path.text}`,
  );
}

function secondsOf(template: Template, value: Json | undefined): number {
  const seconds = isJsonNumber(value) ? Number(value) : Number.NaN;
  const isWhole = Number.isInteger(seconds);
  if (isWhole && seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
  throw template.kind === 'path'
    ? badSecondsPath(template, value ?? null, isWhole)
    : badSeconds(template, value ?? null);
}

function badSecondsPath({ path }: PathTemplate, value: Json, isWhole: boolean): StateFailure {
  const what = isWhole ? 'references a negative value' : 'cannot be parsed as a long value';
  return new StateFailure(
    ERROR.runtime,
    `The SecondsPath parameter ${what}: ${path.text} == ${plain(value)}`,
  );
}

function badSeconds(template: Template, value: Json): StateFailure {
  if (template.kind === 'jsonata' && !isJsonNumber(value)) {
    return queryFailure(
      template.expression,
      'Seconds',
      `returned an unexpected result type. Expected 'number', but was '${jsonTypeName(value)}' for value: ${jsonText(value)}`,
    );
  }
  return new StateFailure(
    ERROR.queryEvaluationError,
    `The Seconds field must be an integer between 0 and ${MAX_SECONDS}, but was: ${plain(value)}`,
    { location: 'Seconds' },
  );
}

function momentOf(template: Template, value: Json | undefined): number {
  const ms = timestampMs(value ?? null);
  if (ms !== undefined) return ms;
  if (template.kind === 'path') {
    throw new StateFailure(
      ERROR.runtime,
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${template.path.text} == ${plain(value ?? null)}`,
    );
  }
  throw new StateFailure(
    ERROR.queryEvaluationError,
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${plain(value ?? null)}`,
    { location: 'Timestamp' },
  );
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}
