import type { Json, JsonObject } from '../../src/core/json.ts';
import { problemText } from '../../src/core/result.ts';
import type { HistoryEvent } from '../../src/history/history-event.ts';
import { type Summary, summarize } from '../../src/history/summary.ts';
import { toAws } from '../../src/history/to-aws.ts';
import { parseStateMachine } from '../../src/states-language/parse/parse-state-machine.ts';
import { runStateMachine } from '../../src/states-language/run-state-machine.ts';
import { plain, TokenMatcher } from './match-tokens.ts';
import { normaliseParallel, sortAnonymous } from './parallel-normalised.ts';
import type { RecordedCase } from './recorded-case.ts';
import { recordedRun } from './recorded-run.ts';

/** The result of a case, by the four numbers; undefined where the case has nothing to compare with. */
export interface CaseResult {
  readonly outcome: boolean;
  readonly types: boolean | undefined;
  readonly details: boolean | undefined;
  readonly ids: boolean | undefined;
  /** The first difference, for a reader. */
  readonly difference: string | undefined;
}

/** Runs a case and compares what happened with what is expected. */
export async function runCase(recorded: RecordedCase): Promise<CaseResult> {
  const machine = parseStateMachine(recorded.definition);
  if (!machine.ok) return failedCase(recorded, machine.problems.map(problemText).join('; '));
  const { ports, history } = recordedRun(recorded);
  const controller = new AbortController();
  if (recorded.expectedStatus === 'ABORTED') setImmediate(() => controller.abort());
  await runStateMachine(machine.value, recorded.input, ports, controller.signal).catch(
    (error: unknown) => {
      throw new Error(`Cannot run ${recorded.id}`, { cause: error });
    },
  );
  if (controller.signal.aborted) ports.history.record({ type: 'ExecutionAborted' });
  return compare(recorded, history);
}

/** Returns the result of a case that could not be run to its end. */
export function failedCase(recorded: RecordedCase, difference: string): CaseResult {
  const none = recorded.expectedHistory === undefined ? undefined : false;
  return { outcome: false, types: none, details: none, ids: none, difference };
}

function compare(recorded: RecordedCase, history: readonly HistoryEvent[]): CaseResult {
  const matcher = new TokenMatcher(recorded.substitutions ?? []);
  const summary = summarize(history);
  const outcome = sameOutcome(recorded, summary, matcher);
  if (recorded.expectedHistory === undefined) {
    const types = recorded.expectedTypes && sameList(history, recorded.expectedTypes);
    const { status, output = null } = summary;
    const seen = { status, output, seconds: secondsOf(summary) };
    const text = `${JSON.stringify(seen)} ${summary.error ?? ''} ${summary.cause ?? ''} ${history.map(({ type }) => type).join(' ')}`;
    const difference = outcome && types !== false ? undefined : text;
    return { outcome, types, details: undefined, ids: undefined, difference };
  }
  const [actual, expected] = [
    comparable(recorded, history.map(awsJson)),
    sortAnonymous(asToday(recorded, recorded.expectedHistory)),
  ];
  const types = sameTypes(actual, expected);
  const wrong = types ? firstDifference(matcher, actual, expected) : undefined;
  const links = wrong === undefined && types && sameLinks(actual, expected);
  return {
    outcome,
    types,
    details: types && wrong === undefined,
    ids: links,
    difference: types
      ? (wrong ?? linkDifference(actual, expected))
      : typeDifference(actual, expected),
  };
}

function sameList(history: readonly HistoryEvent[], types: readonly string[]): boolean {
  return history.map(({ type }) => type).join() === types.join();
}

function awsJson(event: HistoryEvent): JsonObject {
  const json: JsonObject = JSON.parse(JSON.stringify(toAws(event)));
  return json;
}

function comparable(recorded: RecordedCase, history: readonly JsonObject[]): readonly JsonObject[] {
  return recorded.parallelNormalised ? sortAnonymous(normaliseParallel(history)) : history;
}

function sameOutcome(recorded: RecordedCase, summary: Summary, matcher: TokenMatcher): boolean {
  if (recorded.expectedStatus !== summary.status) return false;
  if ((recorded.expectedSeconds ?? secondsOf(summary)) !== secondsOf(summary)) return false;
  if (summary.status === 'SUCCEEDED') {
    return matcher.matches(summary.output, recorded.expectedOutput);
  }
  return (
    matcher.matches(summary.error ?? null, recorded.expectedError ?? null) &&
    (recorded.expectedCause == null || matcher.matches(summary.cause, recorded.expectedCause))
  );
}

function secondsOf({ startedAt = '', stoppedAt = '' }: Summary): number {
  return (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000;
}

function typesOf(events: readonly JsonObject[]): readonly Json[] {
  return events.map((event) => event['type'] ?? '');
}

function sameTypes(actual: readonly JsonObject[], expected: readonly JsonObject[]): boolean {
  return JSON.stringify(typesOf(actual)) === JSON.stringify(typesOf(expected));
}

function typeDifference(
  actual: readonly JsonObject[],
  expected: readonly JsonObject[],
): string | undefined {
  const at = typesOf(expected).findIndex((type, index) => type !== actual[index]?.['type']);
  const index = at === -1 ? expected.length : at;
  return `event ${index + 1}: ${JSON.stringify(actual[index] ?? null)} instead of ${JSON.stringify(expected[index] ?? null)}`;
}

function firstDifference(
  matcher: TokenMatcher,
  actual: readonly JsonObject[],
  expected: readonly JsonObject[],
): string | undefined {
  for (const [at, event] of expected.entries()) {
    const [one, other] = [withoutPlace(actual[at] ?? {}), withoutPlace(event)];
    if (!matcher.matches(one, other)) {
      return `event ${at + 1}: ${JSON.stringify(plain(one))} instead of ${JSON.stringify(other)}`;
    }
  }
  return undefined;
}

function withoutPlace(event: JsonObject): JsonObject {
  const place = new Set(['id', 'previousEventId', 'timestamp']);
  return Object.fromEntries(Object.entries(event).filter(([name]) => !place.has(name)));
}

function linksOf(events: readonly JsonObject[]): readonly string[] {
  return events.map((event) => JSON.stringify([event['id'], event['previousEventId']]));
}

function sameLinks(actual: readonly JsonObject[], expected: readonly JsonObject[]): boolean {
  return linksOf(actual).join() === linksOf(expected).join();
}

/** AWS changed one link between its recordings: the exit of a Distributed Map linked to the end of its Map Run. */
function asToday(
  { recordedDate = '' }: RecordedCase,
  history: readonly JsonObject[],
): readonly JsonObject[] {
  const [day = '', month = '', year = ''] = recordedDate.split(/[-,]/);
  if (`${year}-${month}-${day}` >= '2024-11-01') return history;
  const types = new Map(history.map((event) => [event['id'], event['type']]));
  return history.map((event) => {
    const { type, id, previousEventId } = event;
    if (type !== 'MapStateExited' || types.get(previousEventId) !== 'MapRunSucceeded') return event;
    const started = history.findLast(
      (other) => other['type'] === 'MapRunStarted' && Number(other['id']) < Number(id),
    );
    return { ...event, previousEventId: started?.['id'] ?? null };
  });
}

function linkDifference(
  actual: readonly JsonObject[],
  expected: readonly JsonObject[],
): string | undefined {
  const [ours, theirs] = [linksOf(actual), linksOf(expected)];
  const at = theirs.findIndex((link, index) => link !== ours[index]);
  return at === -1
    ? undefined
    : `links of event ${at + 1}, ${String(expected[at]?.['type'])}: ${ours[at]} instead of ${theirs[at]}`;
}
