import { PathRefusal } from './path-refusal.ts';

/**
 * Cuts a filter out of a bracket, `[?(…)]`: it ends at the first closing bracket behind which no
 * parenthesis is open; brackets and parentheses within single quotes don't count.
 * @throws {PathRefusal} Where it has no end.
 */
export function filterIn(fragment: string, questionMark: number): string {
  const start = fragment.lastIndexOf('[', questionMark);
  const open = { brackets: 0, parentheses: 0, isQuoted: false };
  for (let at = start; at < fragment.length; at++) {
    const char = fragment[at] ?? '';
    if (char === "'" && fragment[at - 1] !== '\\') open.isQuoted = !open.isQuoted;
    if (open.isQuoted) continue;
    count(char, open);
    if (char !== ']' || open.parentheses !== 0) continue;
    if (open.brackets === 0) return fragment.slice(start, at + 1);
    break;
  }
  throw new PathRefusal('Filter brackets are not balanced');
}

function count(char: string, open: { brackets: number; parentheses: number }): void {
  if (char === '(') open.parentheses += 1;
  if (char === ')') open.parentheses -= 1;
  if (char === '[') open.brackets += 1;
  if (char === ']') open.brackets -= 1;
}
