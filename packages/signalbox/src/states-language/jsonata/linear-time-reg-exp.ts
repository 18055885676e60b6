import { RE2JS, RE2JSException } from 're2js';

/**
 * The part of RegExp that JSONata uses, on an engine whose time is linear in the text: no pattern of
 * a definition can hang the rehearsal. Look-arounds and back-references are not supported, as in RE2.
 */
class LinearRegExp {
  lastIndex = 0;
  readonly #pattern: RE2JS;

  constructor(literal: RegExp) {
    this.#pattern = compiled(literal);
  }

  exec(text: string): RegExpExecArray | null {
    const matcher = this.#pattern.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = matcher.end();
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) =>
      matcher.group(group),
    );
    return Object.assign(groups as [string, ...string[]], {
      index: matcher.start(),
      input: text,
    });
  }
}

const COMPILED = new WeakMap<RegExp, RE2JS>();

function compiled(literal: RegExp): RE2JS {
  const known = COMPILED.get(literal);
  if (known !== undefined) return known;
  const flags =
    (literal.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (literal.multiline ? RE2JS.MULTILINE : 0);
  const pattern = RE2JS.compile(RE2JS.translateRegExp(literal.source), flags);
  COMPILED.set(literal, pattern);
  return pattern;
}

/** The class as JSONata's options type it. */
export const LinearTimeRegExp = LinearRegExp as unknown as RegExpConstructor;

/** Says which regular expression of a parsed expression the engine refuses, and why. */
export function unsupportedRegExp(node: unknown): string | undefined {
  if (node instanceof RegExp) return refusalOf(node);
  if (typeof node !== 'object' || node === null) return undefined;
  for (const member of Object.values(node)) {
    const refusal = unsupportedRegExp(member);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusalOf(literal: RegExp): string | undefined {
  try {
    compiled(literal);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return `Regular expression ${literal} is not supported: ${error.message}`;
  }
}
