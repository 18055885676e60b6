import type jsonata from 'jsonata';
import { deepKey } from './deep-key.ts';
import type { EvaluationLimits } from './evaluation-limits.ts';
import { countingMatcher, GUARDS } from './function-guards.ts';
import { mergeSort } from './merge-sort.ts';
import type { NativeFunction } from './native-functions.ts';

const CHARACTERS_PER_STEP = 16;
const WEIGHT_PER_STEP = 512;
/** A regular expression looks at a character longer than a copy does, and at a match again. */
const SEARCHED_CHARACTERS_PER_STEP = 4;
const STEPS_PER_MATCH = 32;
const STEPS_PER_CALL = 3;
const COMPARISONS_PER_STEP = 4;

type Arguments = readonly unknown[];

/** The functions that take a regular expression. */
const SEARCHES: ReadonlySet<string> = new Set(['match', 'contains', 'replace', 'split']);

/** Binds the library's functions again, each held to the limits of the evaluation. */
export function bindBounded(
  expression: jsonata.Expression,
  natives: readonly NativeFunction[],
  limits: EvaluationLimits,
): void {
  for (const native of natives) {
    expression.assign(native.name, {
      _jsonata_function: true,
      implementation: bounded(native, limits),
      signature: native.signature,
    });
  }
}

function bounded(native: NativeFunction, limits: EvaluationLimits) {
  const run: NativeFunction['implementation'] =
    REPLACED.get(native.name)?.(native.implementation) ?? native.implementation;
  const exceeds = GUARDS.get(native.name);
  function implementation(this: unknown, ...args: Arguments): unknown {
    limits.charge(costOf(native.name, args, limits));
    if (exceeds?.(args) === true) throw limits.memoryExceeded();
    const given = SEARCHES.has(native.name) ? args.map((arg) => counted(arg, limits)) : args;
    const result = Reflect.apply(run, this, given);
    if (!(result instanceof Promise)) return limits.check(result);
    return result.then((value: unknown) => limits.check(value));
  }
  // The library gives a function as many arguments as it names.
  return Object.defineProperty(implementation, 'length', { value: native.implementation.length });
}

function costOf(name: string, args: Arguments, { weights }: EvaluationLimits): number {
  const [first] = args;
  const isSearch = SEARCHES.has(name) && args.some((arg) => typeof arg === 'function');
  const perStep = isSearch ? SEARCHED_CHARACTERS_PER_STEP : CHARACTERS_PER_STEP;
  const sorted = name === 'sort' && Array.isArray(first) ? first.length : 0;
  const comparisons = sorted * Math.log2(sorted + 1);
  return args.reduce(
    (steps: number, arg) =>
      steps +
      (typeof arg === 'string' ? arg.length / perStep : weights.weigh(arg) / WEIGHT_PER_STEP),
    STEPS_PER_CALL + comparisons / COMPARISONS_PER_STEP,
  );
}

/** A regular expression comes as the function that finds its first match. */
function counted(arg: unknown, limits: EvaluationLimits): unknown {
  if (typeof arg !== 'function') return arg;
  const find = async (...args: Arguments): Promise<unknown> =>
    Reflect.apply(arg, undefined, [...args]);
  return countingMatcher(find, () => limits.charge(STEPS_PER_MATCH));
}

type Implementation = NativeFunction['implementation'];

/** The functions that take time or memory by the square of what they are given, done again. */
const REPLACED: ReadonlyMap<string, (native: Implementation) => Implementation> = new Map([
  ['distinct', () => distinct],
  ['sort', sortLike],
]);

/** `$distinct`, in time that is linear; the library compares each item with every other one. */
function distinct(items: unknown): unknown {
  if (!Array.isArray(items)) return items;
  const seen = new Set<unknown>();
  const kept = items.filter((item) => {
    const key = deepKey(item) ?? item;
    return !seen.has(key) && seen.add(key);
  });
  // The library marks its own arrays.
  return 'sequence' in items ? Object.assign(kept, { sequence: true }) : kept;
}

/** `$sort`: the library copies the rest of the list at each comparison. */
function sortLike(native: Implementation): Implementation {
  return function sort(this: unknown, items: unknown, comesAfter: unknown) {
    if (!Array.isArray(items)) return native.call(this, items, comesAfter);
    if (typeof comesAfter === 'function') {
      return mergeSort(items, async (left, right) =>
        Reflect.apply(comesAfter, this, [left, right]),
      );
    }
    const isOf = (type: string) => items.every((item) => typeof item === type);
    // The library refuses what has no order.
    if (!isOf('number') && !isOf('string')) return native.call(this, items, comesAfter);
    return [...items].sort((left, right) => Number(left > right) - Number(left < right));
  };
}
