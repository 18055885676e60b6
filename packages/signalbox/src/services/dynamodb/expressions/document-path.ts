import type { References } from './expression-context.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import type { TokenReader } from './token-reader.ts';

/** Names and list indexes; a name that is not defined is undefined. */
export type DocumentPath = readonly (string | number | undefined)[];

const LARGEST_INDEX = 2_147_483_647;

/** Reads a path from its first name on. */
export function readPath(reader: TokenReader, references: References): DocumentPath {
  return [readName(reader, references), ...readSteps(reader, references)];
}

/** Reads `.name` and `[0]` as long as there are any. */
export function readSteps(reader: TokenReader, references: References): DocumentPath {
  const steps: (string | number | undefined)[] = [];
  for (;;) {
    if (reader.takes('.')) steps.push(readName(reader, references));
    else if (reader.takes('[')) steps.push(readIndex(reader));
    else return steps;
  }
}

function readName(reader: TokenReader, references: References): string | undefined {
  const { kind, text } = reader.peek();
  if (kind !== 'name' && kind !== 'word') throw reader.unexpected();
  reader.take();
  return kind === 'name' ? references.name(text) : references.word(text);
}

function readIndex(reader: TokenReader): number {
  const { text } = reader.expectKind('index');
  reader.expect(']');
  if (Number(text) <= LARGEST_INDEX) return Number(text);
  throw new ExpressionRefusal(`List index is not within the allowable range; index: [${text}]`);
}

/** The attributes of which a part is meant, as keys. */
export function nestedIn(paths: readonly DocumentPath[]): Readonly<Record<string, true>> {
  const nested: Record<string, true> = Object.create(null);
  for (const path of paths) {
    if (path.length > 1) nested[String(path[0])] = true;
  }
  return nested;
}

/** A path in DynamoDB's sentences. */
export function pathText(path: DocumentPath): string {
  return `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;
}

/** Notes where two paths of one list cannot both be followed. */
export interface PathConflicts {
  has(kind: 'pathOverlap'): boolean;
  note(kind: 'pathOverlap' | 'pathConflict', sentence: string): void;
}

/**
 * Adds a path to those before it, none of which it may contain or contradict.
 * @param paths Those before it.
 */
export function addPath(paths: DocumentPath[], path: DocumentPath, problems: PathConflicts): void {
  for (const other of paths) {
    if (problems.has('pathOverlap')) return;
    compare(other, path, problems);
  }
  if (!problems.has('pathOverlap')) paths.push(path);
}

function compare(one: DocumentPath, other: DocumentPath, problems: PathConflicts): void {
  const ends = Math.min(one.length, other.length);
  let at = 0;
  while (at < ends && one[at] === other[at]) at += 1;
  const advice = `must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(other)}`;
  if (at === ends) {
    problems.note('pathOverlap', `Two document paths overlap with each other; ${advice}`);
  } else if (typeof one[at] !== typeof other[at]) {
    problems.note('pathConflict', `Two document paths conflict with each other; ${advice}`);
  }
}
