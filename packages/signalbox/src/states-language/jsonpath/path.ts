import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { compileTokens } from './paths/compile-tokens.ts';
import { PathFailure } from './paths/path-failure.ts';
import { PathRefusal } from './paths/path-refusal.ts';
import type { PathToken } from './paths/path-token.ts';
import { readTokens } from './paths/read-tokens.ts';

/** The root of a path: `$` the input, `$$` the context object, `$name` a variable. */
export type PathRoot =
  | { readonly kind: 'input' }
  | { readonly kind: 'context' }
  | { readonly kind: 'variable'; readonly name: string };

/** A JSONPath of a definition. */
export interface Path {
  readonly text: string;
  readonly root: PathRoot;
  /** Names and indexes, where the path can only lead to one place; undefined where it may match many. */
  readonly steps: readonly PathStep[] | undefined;
  /** Follows the path from its root: undefined where nothing is; a list where the path may match many. */
  read(root: Json): Json | undefined;
  /** Says why `read` finds nothing, in the words of AWS's library. */
  failure(root: Json): PathFailure | undefined;
}

export type PathStep = string | number;

const ROOT = /^\$(\$|[\p{ID_Start}_][\p{ID_Continue}]*)?/u;

/** Reads a JSONPath; undefined where the text is none. */
export function parsePath(text: string): Path | undefined {
  const trimmed = text.trim();
  const root = ROOT.exec(trimmed);
  const tokens = root && tokensOf(`$${trimmed.slice(root[0].length)}`);
  if (root === null || tokens === null || tokens === undefined) return undefined;
  const steps = singularSteps(tokens);
  return {
    text,
    root: rootOf(root[1]),
    steps,
    read:
      steps === undefined ? (value) => attempt(tokens, value).value : (value) => walk(value, steps),
    failure: (value) => attempt(tokens, value).failure,
  };
}

function tokensOf(text: string): readonly PathToken[] | undefined {
  try {
    return compileTokens(text);
  } catch (error) {
    if (error instanceof PathRefusal) return undefined;
    throw error;
  }
}

function rootOf(name: string | undefined): PathRoot {
  if (name === undefined) return { kind: 'input' };
  return name === '$' ? { kind: 'context' } : { kind: 'variable', name };
}

function singularSteps(tokens: readonly PathToken[]): readonly PathStep[] | undefined {
  const steps: PathStep[] = [];
  for (const token of tokens) {
    const [step, ...others] =
      token.kind === 'names' ? token.names : token.kind === 'indexes' ? token.indexes : [];
    if (step === undefined || others.length > 0) return undefined;
    steps.push(step);
  }
  return steps;
}

function walk(root: Json, steps: readonly PathStep[]): Json | undefined {
  let value: Json | undefined = root;
  for (const step of steps) {
    value = stepInto(value, step);
    if (value === undefined) return undefined;
  }
  return value;
}

function stepInto(value: Json, step: PathStep): Json | undefined {
  if (typeof step === 'string') {
    return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return Array.isArray(value) ? value[step] : undefined;
}

function attempt(
  tokens: readonly PathToken[],
  root: Json,
): { readonly value?: Json; readonly failure?: PathFailure } {
  try {
    return { value: readTokens(tokens, root) };
  } catch (failure) {
    if (failure instanceof PathFailure) return { failure };
    throw failure;
  }
}
