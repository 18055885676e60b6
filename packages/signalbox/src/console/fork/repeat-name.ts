/** A repeat of an execution begins as it was at a state of it, or runs it again. */
export type RepeatKind = 'fork' | 'again';

const REPEAT = /^(fork|again)-of-(.+)-[0-9a-z]{6}$/;

/** AWS: a name has at most 80 characters. The longest kind and the mark take 16 of them. */
const LONGEST = 64;

/** Makes the name of an execution that repeats another, from which a page tells that one. */
export function repeatName(kind: RepeatKind, original: string): string {
  const mark = Math.random().toString(36).slice(2, 8).padEnd(6, '0');
  return `${kind}-of-${nameWithin(original).slice(0, LONGEST)}-${mark}`;
}

/** The execution that a name says it repeats. */
export interface Repeated {
  readonly kind: RepeatKind;
  readonly name: string;
  /** Whether it may be the beginning of the name alone, since a longer one did not fit. */
  readonly isCut: boolean;
}

/** Tells from the name of an execution which one it repeats; undefined for one that repeats none. */
export function repeatedBy(name: string): Repeated | undefined {
  const [, kind, original] = REPEAT.exec(name) ?? [];
  if (original === undefined) return undefined;
  const isCut = original.length === LONGEST;
  return { kind: kind === 'fork' ? 'fork' : 'again', name: original, isCut };
}

/** The name of an execution where it fits; of a repeat with a longer one, that of the execution that it goes back to. */
function nameWithin(original: string): string {
  const before = original.length > LONGEST ? repeatedBy(original) : undefined;
  return before === undefined ? original : nameWithin(before.name);
}
