import { compareDecimals } from '../../../core/exact-json/decimal.ts';
import { isJsonNumber } from '../../../core/exact-json/exact-number.ts';
import type { Json } from '../../../core/json.ts';
import { javaText } from '../../java-text.ts';
import { misfit, PathFailure } from './path-failure.ts';
import type {
  ComparisonOperator,
  Criterion,
  FilterOperand,
  FilterPath,
  PathToken,
} from './path-token.ts';

/** The values that a filter's paths read. */
export interface FilterScope {
  readonly item: Json;
  readonly document: Json;
  read(tokens: readonly PathToken[], root: Json): Json;
}

/**
 * Says whether a criterion holds for an item. What compares with a member that is not there does not hold.
 * @throws {PathFailure} Where a step does not fit, or a text is compared with a number and is none.
 */
export function criterionHolds(criterion: Criterion, scope: FilterScope): boolean {
  try {
    if (criterion.kind === 'presence') {
      return isPresent(criterion.path, scope) === criterion.isPresent;
    }
    const { operator, left, right } = criterion;
    return compares(operator, resolve(left, scope), resolve(right, scope));
  } catch (error) {
    if (error instanceof PathFailure && error.isMissing) return false;
    throw error;
  }
}

/** Here the library reads `$` from the item too, and null is as good as absent. */
function isPresent({ tokens }: FilterPath, { item, read }: FilterScope): boolean {
  try {
    return read(tokens, item) !== null;
  } catch (error) {
    if (error instanceof PathFailure && error.isMissing) return false;
    throw error;
  }
}

type Operand = Exclude<FilterOperand, { kind: 'path' }> | { readonly kind: 'value'; value: Json };

function resolve(operand: FilterOperand, { item, document, read }: FilterScope): Operand {
  if (operand.kind !== 'path') return operand;
  const { isRoot, tokens } = operand.path;
  return { kind: 'value', value: read(tokens, isRoot ? document : item) };
}

function compares(operator: ComparisonOperator, left: Operand, right: Operand): boolean {
  if (operator === '=~') return matches(left, right);
  if (left.kind === 'pattern' || right.kind === 'pattern') return false;
  const [actual, expected] = [valueIn(left), valueIn(right)];
  if (isOrdering(operator) && (actual === null) !== (expected === null)) return false;
  const difference = compareValues(expected, actual);
  return difference !== undefined && HOLDS[operator](difference);
}

const HOLDS: Readonly<
  Record<Exclude<ComparisonOperator, '=~'>, (expectedMinusActual: number) => boolean>
> = {
  '==': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '>': (difference) => difference < 0,
  '>=': (difference) => difference <= 0,
  '<': (difference) => difference > 0,
  '<=': (difference) => difference >= 0,
};

function isOrdering(operator: ComparisonOperator): boolean {
  return operator !== '==' && operator !== '!=';
}

function valueIn(operand: Exclude<Operand, { kind: 'pattern' }>): Json {
  return operand.kind === 'text' ? operand.text : operand.value;
}

function matches(left: Operand, right: Operand): boolean {
  const [pattern, other] = left.kind === 'pattern' ? [left, right] : [right, left];
  if (pattern.kind !== 'pattern' || other.kind === 'pattern') {
    throw misfit('A regular expression is needed on one side of =~');
  }
  const value = valueIn(other);
  return value !== null && pattern.pattern.matcher(javaText(value)).matches();
}

/** Compares as the library does: by the type of the actual value; undefined where the types don't go together. */
function compareValues(expected: Json, actual: Json): number | undefined {
  const [isNothing, isOtherNothing] = [isNullish(expected), isNullish(actual)];
  if (isNothing || isOtherNothing) return Number(isOtherNothing) - Number(isNothing);
  if (typeof expected === 'string' && typeof actual === 'string') {
    const text = expected.replaceAll("\\'", "'");
    return Number(text > actual) - Number(text < actual);
  }
  if (isJsonNumber(actual)) {
    return typeof expected === 'string' || isJsonNumber(expected)
      ? compareNumbers(String(expected), String(actual))
      : undefined;
  }
  if (typeof actual !== 'boolean') return undefined;
  if (typeof expected === 'boolean') return Number(expected) - Number(actual);
  if (typeof expected !== 'string') return undefined;
  return Number(expected.toLowerCase() === 'true') - Number(actual);
}

function isNullish(value: Json): boolean {
  return value === null || value === 'null';
}

function compareNumbers(expected: string, actual: string): number {
  const difference = compareDecimals(expected, actual);
  if (difference !== undefined) return difference;
  throw misfit(`Cannot compare ${actual} with '${expected}', which is no number`);
}
