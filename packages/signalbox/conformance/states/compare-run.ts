import type { Json, JsonObject } from '../../src/core/json.ts';
import { asToday } from './as-today.ts';
import { plain, TokenMatcher } from './match-tokens.ts';
import { normaliseParallel, sortAnonymous } from './parallel-normalised.ts';
import type { RecordedCase } from './recorded-case.ts';

/** The result of a case, by the four numbers; undefined where the case has nothing to compare with. */
export interface CaseResult {
  readonly outcome: boolean;
  readonly types: boolean | undefined;
  readonly details: boolean | undefined;
  readonly ids: boolean | undefined;
  /** The first difference, for a reader. */
  readonly difference: string | undefined;
}

/** What an execution did: how it ended, and its history in AWS's form. */
export interface Ran {
  readonly status: string;
  readonly output?: Json | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** From its start to its end. */
  readonly seconds: number;
  readonly events: readonly JsonObject[];
}

/** Returns the result of a case that could not be run to its end. */
export function failedCase(recorded: RecordedCase, difference: string): CaseResult {
  const none = recorded.expectedHistory === undefined ? undefined : false;
  return { outcome: false, types: none, details: none, ids: none, difference };
}

/** Compares what an execution did with what is expected. */
export function compareRun(recorded: RecordedCase, ran: Ran): CaseResult {
  const matcher = new TokenMatcher(recorded.substitutions ?? []);
  const outcome = sameOutcome(recorded, ran, matcher);
  if (recorded.expectedHistory === undefined) {
    const types = recorded.expectedTypes && sameList(ran.events, recorded.expectedTypes);
    const { status, output = null, seconds } = ran;
    const seen = { status, output, seconds };
    const text = `${JSON.stringify(seen)} ${ran.error ?? ''} ${ran.cause ?? ''} ${typesOf(ran.events).join(' ')}`;
    const difference = outcome && types !== false ? undefined : text;
    return { outcome, types, details: undefined, ids: undefined, difference };
  }
  const [actual, expected] = [comparable(recorded, ran.events), sortAnonymous(asToday(recorded))];
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

function sameList(history: readonly JsonObject[], types: readonly string[]): boolean {
  return typesOf(history).join() === types.join();
}

function comparable(recorded: RecordedCase, history: readonly JsonObject[]): readonly JsonObject[] {
  return recorded.parallelNormalised ? sortAnonymous(normaliseParallel(history)) : history;
}

function sameOutcome(recorded: RecordedCase, ran: Ran, matcher: TokenMatcher): boolean {
  if (recorded.expectedStatus !== ran.status) return false;
  if ((recorded.expectedSeconds ?? ran.seconds) !== ran.seconds) return false;
  if (ran.status === 'SUCCEEDED') {
    return matcher.matches(ran.output, recorded.expectedOutput);
  }
  return (
    matcher.matches(ran.error ?? null, recorded.expectedError ?? null) &&
    (recorded.expectedCause == null || matcher.matches(ran.cause, recorded.expectedCause))
  );
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
