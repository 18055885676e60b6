import { InvalidPattern } from './invalid-pattern.ts';
import type { WildcardMatch } from './matches/wildcard.ts';
import type { Pattern, ValueMatch } from './pattern.ts';

/** The number of beginnings of wildcard texts that one value may fit at a time before EventBridge refuses. */
const MAX_COMPLEXITY = 10;

/** A character of a wildcard text, or undefined for a run of any characters. */
type Step = string | undefined;

/**
 * Refuses a pattern whose wildcards a value could be within at too many places at once, such as
 * `*a*a*a*a*a*a`.
 * @throws {InvalidPattern} In EventBridge's words.
 */
export function requireSimpleWildcards(pattern: Pattern): void {
  for (const field of pattern.branches.flat()) {
    const wildcards = field.matches.flatMap(wildcardsOf);
    if (wildcards.length > 0 && exceedsComplexity(wildcards.map(stepsOf))) {
      throw new InvalidPattern(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
    }
  }
}

function wildcardsOf(match: ValueMatch): readonly WildcardMatch[] {
  if (match.kind === 'wildcard') return [match];
  return match.kind === 'anything-but' && 'wildcards' in match ? match.wildcards : [];
}

/** EventBridge sees the quotes around a string too. */
function stepsOf({ parts }: WildcardMatch): readonly Step[] {
  const between = parts.flatMap((part, index) => (index === 0 ? [...part] : [undefined, ...part]));
  return ['"', ...between, '"'];
}

/** Walks all sets of places at which some value can be at once. */
function exceedsComplexity(texts: readonly (readonly Step[])[]): boolean {
  const alphabet = new Set(texts.flat().filter((step) => step !== undefined));
  const seen = new Set<string>();
  // A place is the number of steps taken, for each text.
  const waiting: (readonly (readonly number[])[])[] = [texts.map(() => [0])];
  for (let places = waiting.pop(); places !== undefined; places = waiting.pop()) {
    for (const char of [undefined, ...alphabet]) {
      const next = texts.map((steps, index) => advance(steps, places[index] ?? [], char));
      if (sizeOf(texts, next) > MAX_COMPLEXITY) return true;
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(next);
    }
  }
  return false;
}

/** Returns the places that a value can reach by one more character; undefined is any that no text names. */
function advance(
  steps: readonly Step[],
  places: readonly number[],
  char: string | undefined,
): readonly number[] {
  const next = new Set<number>();
  for (const place of places) {
    if (place > 0 && steps[place - 1] === undefined) next.add(place);
    const step = place < steps.length ? steps[place] : '';
    if (step === undefined) {
      next.add(place + 1);
      if (char !== undefined && steps[place + 1] === char) next.add(place + 2);
    } else if (char !== undefined && step === char) {
      next.add(place + 1);
    }
  }
  return [...next].sort((a, b) => a - b);
}

/** Counts the places, and the wildcards that begin right behind them. */
function sizeOf(texts: readonly (readonly Step[])[], places: readonly (readonly number[])[]) {
  return texts.reduce((sum, steps, index) => {
    const here = places[index] ?? [];
    const beginning = here.filter(
      (place) => place < steps.length && steps[place] === undefined && !here.includes(place + 1),
    );
    return sum + here.length + beginning.length;
  }, 0);
}
