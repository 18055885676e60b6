/** AWS, measured: a text of so many characters is taken, and a longer one refused. */
export const MAX_TEXT_LENGTH = 4_194_304;

/** Says before a call whether its result would be too large to be made; arguments fit the signature. */
export type Guard = (args: readonly unknown[]) => boolean;

/** The functions that make more text than they are given. */
export const GUARDS: ReadonlyMap<string, Guard> = new Map<string, Guard>([
  ['pad', ([, width]) => Math.abs(Number(width)) > MAX_TEXT_LENGTH],
  ['join', ([texts, separator]) => joinedLength(texts, separator) > MAX_TEXT_LENGTH],
  ['string', ([value, isPretty]) => isPretty === true && prettyLength(value, 1) > MAX_TEXT_LENGTH],
  ['replace', replacesTooMuch],
  ['fromMillis', ([, picture]) => isTooWide(picture)],
  ['formatInteger', ([, picture]) => isTooWide(picture)],
  ['formatNumber', ([, picture]) => isTooWide(picture)],
]);

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}

function joinedLength(texts: unknown, separator: unknown): number {
  if (!Array.isArray(texts)) return lengthOf(texts);
  const length = texts.reduce((sum: number, text) => sum + lengthOf(text), 0);
  return length + lengthOf(separator) * Math.max(0, texts.length - 1);
}

/** The length of indented JSON, at most; each line is as much further in as it is deep. */
function prettyLength(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return lengthOf(value) + 2;
  let length = 4;
  for (const [name, member] of Object.entries(value)) {
    length += 2 * depth + name.length + 5 + prettyLength(member, depth + 1);
    if (length > MAX_TEXT_LENGTH) break;
  }
  return length;
}

/** Of a pattern that is text; for a regular expression, see `countingMatcher`. */
function replacesTooMuch([text, pattern, replacement, limit]: readonly unknown[]): boolean {
  if (typeof text !== 'string' || typeof pattern !== 'string' || pattern === '') return false;
  const grows = lengthOf(replacement) - pattern.length;
  const most = Math.min(typeof limit === 'number' ? limit : text.length, text.length);
  if (text.length + most * grows <= MAX_TEXT_LENGTH) return false;
  let count = 0;
  for (let at = text.indexOf(pattern); at >= 0 && count < most; count += 1) {
    at = text.indexOf(pattern, at + pattern.length);
  }
  return text.length + count * grows > MAX_TEXT_LENGTH;
}

/** No picture of a date or number is long, and none pads to more than a few digits. */
function isTooWide(picture: unknown): boolean {
  return (
    typeof picture === 'string' && (picture.length > 10_000 || /,[\s*-]*0*\d{5}/.test(picture))
  );
}

type Matcher = (...args: readonly unknown[]) => Promise<unknown>;

/** A matcher that notifies of each match that it finds; a match brings the matcher of the next one. */
export function countingMatcher(find: Matcher, onMatch: () => void): Matcher {
  return async (...args) => {
    const match = await find(...args);
    if (typeof match !== 'object' || match === null || !('next' in match)) return match;
    onMatch();
    const { next } = match;
    if (typeof next !== 'function') return match;
    const findNext: Matcher = async (...given) => Reflect.apply(next, undefined, given);
    return { ...match, next: countingMatcher(findNext, onMatch) };
  };
}
