import { setOwnMember } from '../core/names/own-member.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';

type Overrides = Readonly<Record<string, string>>;

/**
 * Reads `parameter_overrides` in every form that `sam deploy` takes: `A=b C="d e"`,
 * `ParameterKey=A,ParameterValue=b`, a list of either, or a table.
 */
export function parseOverrides(value: unknown): Result<Overrides> {
  if (value === undefined) return ok({});
  const texts = Array.isArray(value) ? value : [value];
  if (texts.every((text) => typeof text === 'string')) return parseTexts(texts);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return ok(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)])));
  }
  return bad({
    message: 'Write parameter_overrides as "Name=value Other=\\"two words\\"", or a list of such',
  });
}

function parseTexts(texts: readonly string[]): Result<Overrides> {
  const overrides: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      const pair = pairOf(word);
      if (pair === undefined) problems.push({ message: `${word} is no Name=value` });
      else setOwnMember(overrides, pair.name, pair.value);
    }
  }
  return problems.length === 0 ? ok(overrides) : bad(...problems);
}

/** Splits at white space outside of quotes. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])+|["']/g) ?? [];
}

function pairOf(word: string): { readonly name: string; readonly value: string } | undefined {
  const long = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(word);
  const short = /^([A-Za-z0-9]+)=(.*)$/s.exec(word);
  const [, name, value] = long ?? short ?? [];
  if (name === undefined || value === undefined) return undefined;
  return { name: unquoted(name), value: unquoted(value) };
}

function unquoted(text: string): string {
  const double = /^"(.*)"$/s.exec(text);
  if (double !== null) return (double[1] ?? '').replace(/\\(.)/gs, '$1');
  const single = /^'(.*)'$/s.exec(text);
  return single === null ? text : (single[1] ?? '');
}
