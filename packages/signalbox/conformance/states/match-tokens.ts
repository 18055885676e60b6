import type { Json, JsonObject } from '../../src/core/json.ts';
import { isJsonObject } from '../../src/core/json.ts';
import type { Substitution } from './recorded-case.ts';

/** Compares responses with recordings, in which tokens such as `<uuid:1>` stand for values. */
export class TokenMatcher {
  readonly #bound = new Map<string, string>();
  /** Words that stand for whatever stood at some place. */
  readonly #wildcards: ReadonlySet<string>;
  readonly #substitutions: readonly { readonly regex: RegExp; readonly replacement: string }[];

  constructor(substitutions: readonly Substitution[]) {
    this.#wildcards = new Set(
      substitutions.flatMap(({ regex, replacement }) =>
        regex === undefined && replacement !== undefined ? [replacement] : [],
      ),
    );
    this.#substitutions = substitutions.flatMap(({ regex, replacement }) => {
      if (regex === undefined || replacement === undefined) return [];
      try {
        return [{ regex: new RegExp(regex, 'g'), replacement }];
      } catch {
        return [];
      }
    });
  }

  /** Returns whether a response is what was recorded; a token is the same value wherever it stands. */
  matches(actual: Json | undefined, expected: Json | undefined): boolean {
    return this.#equal(plain(actual ?? null), plain(expected ?? null));
  }

  #equal(actual: Json, expected: Json): boolean {
    if (typeof expected === 'string') return this.#equalText(actual, expected);
    if (Array.isArray(expected)) {
      return (
        Array.isArray(actual) &&
        actual.length === expected.length &&
        expected.every((item, at) => this.#equal(actual[at], item))
      );
    }
    if (isJsonObject(expected)) return isJsonObject(actual) && this.#equalObject(actual, expected);
    return actual === expected;
  }

  #equalObject(actual: JsonObject, expected: JsonObject): boolean {
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(actual).length &&
      names.every(
        (name) =>
          Object.hasOwn(actual, name) && this.#equal(actual[name] ?? null, expected[name] ?? null),
      )
    );
  }

  #equalText(actual: Json, expected: string): boolean {
    if (actual === expected) return true;
    if (this.#wildcards.has(expected)) return true;
    if (MASKED_TIMES.has(expected) || HTTP_DATE.test(expected)) return isTimeLike(actual);
    const tokens = expected.match(/<[^<>\s]+>/g) ?? [];
    if (tokens.length === 0)
      return typeof actual === 'string' && this.#substituted(actual) === expected;
    // A number or boolean may have been replaced whole.
    const text = typeof actual === 'string' ? actual : JSON.stringify(actual);
    return (
      this.#bind(text, expected, tokens) || this.#bind(this.#substituted(text), expected, tokens)
    );
  }

  #substituted(text: string): string {
    return this.#substitutions.reduce(
      (result, { regex, replacement }) => result.replace(regex, () => replacement),
      text,
    );
  }

  #bind(text: string, expected: string, tokens: readonly string[]): boolean {
    const literals = expected.split(/<[^<>\s]+>/);
    const pattern = literals
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .reduce((all, part, at) => `${all}${at > 0 ? '([\\s\\S]+?)' : ''}${part}`, '');
    const match = new RegExp(`^${pattern}$`).exec(text);
    if (match === null) return false;
    return tokens.every((token, at) => {
      const value = match[at + 1] ?? '';
      const bound = this.#bound.get(token);
      if (bound === undefined) this.#bound.set(token, value);
      return bound === undefined || bound === value || value === token || bound === token;
    });
  }
}

/** The tokens that the recordings write for a moment in time. */
const MASKED_TIMES: ReadonlySet<string> = new Set(['date', 'timestamp', 'datetime']);

/** The recorder left some dates of responses as they were. */
const HTTP_DATE = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/;

function isTimeLike(actual: Json): boolean {
  return typeof actual === 'number' || (typeof actual === 'string' && /\d\d:\d\d/.test(actual));
}

/** Parses JSON texts at every depth, as the recordings were. */
export function plain(value: Json): Json {
  if (typeof value === 'string') {
    const parsed = parsedText(value);
    return parsed === undefined ? value : plain(parsed);
  }
  if (Array.isArray(value)) return value.map((item: Json) => plain(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function parsedText(text: string): Json | undefined {
  if (!/^\s*([[{"]|-?\d|true\s*$|false\s*$|null\s*$)/.test(text)) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
