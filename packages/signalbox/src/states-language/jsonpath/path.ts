import { JSONPathEnvironment, type JSONPathQuery } from 'json-p3';
import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { type PathSegment, splitPath } from './split-path.ts';

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
}

export type PathStep = string | number;

const ENVIRONMENT = new JSONPathEnvironment();

const ROOT = /^\$(\$|[\p{ID_Start}_][\p{ID_Continue}]*)?/u;

/** Reads a JSONPath; undefined where the text is none. */
export function parsePath(text: string): Path | undefined {
  const root = ROOT.exec(text);
  if (root === null) return undefined;
  const segments = splitPath(text.slice(root[0].length));
  if (segments === undefined) return undefined;
  const steps = singularSteps(segments);
  const reading = steps === undefined ? manyReader(segments) : oneReader(steps);
  return reading && { text, root: rootOf(root[1]), steps, read: reading };
}

function rootOf(name: string | undefined): PathRoot {
  if (name === undefined) return { kind: 'input' };
  return name === '$' ? { kind: 'context' } : { kind: 'variable', name };
}

function singularSteps(segments: readonly PathSegment[]): readonly PathStep[] | undefined {
  const steps: PathStep[] = [];
  for (const segment of segments) {
    if (segment.kind !== 'step') return undefined;
    steps.push(segment.step);
  }
  return steps;
}

function oneReader(steps: readonly PathStep[]): Path['read'] {
  return (root) => walk(root, steps);
}

/** Follows names and indexes; a negative index counts from the end. */
export function walk(root: Json, steps: readonly PathStep[]): Json | undefined {
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
  return Array.isArray(value) ? value.at(step) : undefined;
}

/** As AWS's library does, a path that may match many yields a list, empty where nothing matched. */
function manyReader(segments: readonly PathSegment[]): Path['read'] | undefined {
  const query = compile(`$${segments.map(segmentText).join('')}`);
  return query && ((root) => valuesOf(query, root));
}

function segmentText(segment: PathSegment): string {
  return segment.kind === 'step' ? `[${JSON.stringify(segment.step)}]` : segment.text;
}

function compile(text: string): JSONPathQuery | undefined {
  try {
    return ENVIRONMENT.compile(text);
  } catch {
    return undefined;
  }
}

function valuesOf(query: JSONPathQuery, value: Json): readonly Json[] {
  const found: Json[] = [];
  for (const node of query.query(structuredLike(value)).nodes) found.push(fromLibrary(node.value));
  return found;
}

type LibraryValue = Parameters<JSONPathQuery['query']>[0];

function structuredLike(value: Json): LibraryValue {
  return value as LibraryValue;
}

function fromLibrary(value: LibraryValue): Json {
  return value as Json;
}
