import { withMembers } from '../../core/exact-json/ordered-object.ts';
import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { type PathStep, parsePath } from './path.ts';

/** A path that can only lead to one place, into which ResultPath writes. */
export interface ReferencePath {
  readonly text: string;
  readonly steps: readonly PathStep[];
}

/** Reads a reference path into the input; undefined where the text is none. */
export function parseReferencePath(text: string): ReferencePath | undefined {
  const path = parsePath(text);
  if (path?.steps === undefined || path.root.kind !== 'input') return undefined;
  return { text, steps: path.steps };
}

/**
 * Puts a value where the path leads, making the objects on the way, and leaves the input as it was;
 * undefined where the path leads through something that is no object.
 */
export function writeAt(input: Json, steps: readonly PathStep[], value: Json): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === 'number') return writeAtIndex(input, step, rest, value);
  if (!isJsonObject(input)) return undefined;
  const inner = Object.hasOwn(input, step) ? (input[step] ?? null) : null;
  const written = writeAt(inner ?? emptyFor(rest), rest, value);
  return written === undefined ? undefined : withMembers(input, { [step]: written });
}

/** What is made on the way: a list where an index follows. */
function emptyFor([next]: readonly PathStep[]): Json {
  return typeof next === 'number' ? [] : {};
}

function writeAtIndex(
  input: Json,
  index: number,
  rest: readonly PathStep[],
  value: Json,
): Json | undefined {
  if (!Array.isArray(input)) return undefined;
  const items: readonly Json[] = input;
  // AWS: an index just behind the end adds an item.
  const inner = index === items.length ? {} : items[index];
  if (inner === undefined) return undefined;
  const written = writeAt(inner, rest, value);
  if (written === undefined) return undefined;
  return index === items.length ? [...items, written] : items.with(index, written);
}
