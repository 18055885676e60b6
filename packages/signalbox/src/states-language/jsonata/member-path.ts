import { isJsonNumber } from '../../core/exact-json/exact-number.ts';
import { isFunction } from './value-weights.ts';

/** A variable and the names below it, such as `$states.input.detail`. */
export interface MemberPath {
  readonly variable: string;
  readonly names: readonly string[];
}

/** What a path leads to; the value is undefined where it leads nowhere. */
export interface Member {
  readonly value: unknown;
}

/**
 * Most expressions of a definition are a variable and names below it, which need no evaluation.
 * @returns Undefined for any other expression.
 */
export function memberPathOf(ast: unknown): MemberPath | undefined {
  const steps = stepsOf(ast);
  const [variable, ...names] = steps.map(stepText);
  const [first] = steps;
  const isPath =
    typeOf(first) === 'variable' && steps.slice(1).every((step) => typeOf(step) === 'name');
  if (!isPath || !isText(variable) || variable === '' || !names.every(isText)) return undefined;
  return { variable, names };
}

/**
 * Reads what a path leads to.
 * @returns Undefined where a list or a function stands on the way: JSONata maps over the one and
 * calls the other.
 */
export function readMember(
  { variable, names }: MemberPath,
  bindings: Readonly<Record<string, unknown>>,
): Member | undefined {
  let value: unknown = bindings;
  for (const name of [variable, ...names]) {
    if (Array.isArray(value)) return undefined;
    if (typeof value !== 'object' || value === null || isJsonNumber(value)) {
      return { value: undefined };
    }
    if (isFunction(value)) return undefined;
    value = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  }
  return isCallable(value) ? undefined : { value };
}

function isCallable(value: unknown): boolean {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' && value !== null && isFunction(value))
  );
}

function stepsOf(ast: unknown): readonly unknown[] {
  if (typeOf(ast) !== 'path') return [ast];
  const isPlain =
    isRecord(ast) && Object.keys(ast).every((key) => key === 'type' || key === 'steps');
  return isPlain && Array.isArray(ast['steps']) ? ast['steps'] : [];
}

/** The text of a step that has nothing besides: no predicate, no order, no grouping. */
function stepText(step: unknown): unknown {
  const known = ['type', 'value', 'position'];
  const isPlain = isRecord(step) && Object.keys(step).every((key) => known.includes(key));
  return isPlain ? step['value'] : undefined;
}

function typeOf(node: unknown): unknown {
  return isRecord(node) ? node['type'] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
