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
  const inner = Object.hasOwn(input, step) ? (input[step] ?? null) : {};
  const written = writeAt(rest.length > 0 && inner === null ? {} : inner, rest, value);
  return written === undefined ? undefined : { ...input, [step]: written };
}

function writeAtIndex(
  input: Json,
  index: number,
  rest: readonly PathStep[],
  value: Json,
): Json | undefined {
  if (!Array.isArray(input)) return undefined;
  const items: readonly Json[] = input;
  const inner = items[index];
  if (inner === undefined) return undefined;
  const written = writeAt(inner, rest, value);
  return written === undefined ? undefined : items.with(index, written);
}
