import { compareDecimals } from '../../core/exact-json/decimal.ts';
import { isJsonNumber } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import { isTimestamp, timestampMs } from '../timestamp.ts';
import type { Operand, Operator } from './condition.ts';
import { matchesWildcards } from './wildcards.ts';

type Ordering = (difference: number) => boolean;

const ORDERINGS: Readonly<Record<string, Ordering>> = {
  Equals: (difference) => difference === 0,
  LessThan: (difference) => difference < 0,
  LessThanEquals: (difference) => difference <= 0,
  GreaterThan: (difference) => difference > 0,
  GreaterThanEquals: (difference) => difference >= 0,
};

/** Compares two values of a type: negative, 0 or positive; undefined where one is of another type. */
type Difference = (value: Json, operand: Json) => number | undefined;

const DIFFERENCES: Readonly<Record<string, Difference>> = {
  String: (value, operand) =>
    typeof value === 'string' && typeof operand === 'string'
      ? Number(value > operand) - Number(value < operand)
      : undefined,
  Numeric: numericDifference,
  Timestamp: (value, operand) => {
    const [one, other] = [timestampMs(value), timestampMs(operand)];
    return one === undefined || other === undefined ? undefined : one - other;
  },
};

/** Exact beyond what doubles hold: two ids of 19 digits that differ are not equal. */
function numericDifference(value: Json, operand: Json): number | undefined {
  if (typeof value === 'number' && typeof operand === 'number') return value - operand;
  if (!isJsonNumber(value) || !isJsonNumber(operand)) return undefined;
  return compareDecimals(String(value), String(operand));
}

/** `IsNull: true` holds for null, `IsNull: false` for all else. */
function typeTest(isOfType: (value: Json) => boolean): Operator {
  return { kind: 'comparison', test: (value, operand) => isOfType(value) === operand };
}

/** The operators of Choice rules by name: a new one is one line here. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...orderedOperators(),
  ['BooleanEquals', { kind: 'comparison', test: equalBooleans }],
  ['StringMatches', { kind: 'comparison', test: matchingStrings }],
  ['IsNull', typeTest((value) => value === null)],
  ['IsBoolean', typeTest((value) => typeof value === 'boolean')],
  ['IsNumeric', typeTest(isJsonNumber)],
  ['IsString', typeTest((value) => typeof value === 'string')],
  ['IsTimestamp', typeTest(isTimestamp)],
  ['IsPresent', { kind: 'presence', test: presence }],
]);

/** The operators whose operand may come from the input, by the name with `Path`. */
export const PATH_OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [...OPERATORS]
    .filter(([name]) => !name.startsWith('Is') && name !== 'StringMatches')
    .map(([name, operator]) => [`${name}Path`, operator]),
);

function orderedOperators(): [string, Operator][] {
  return Object.entries(DIFFERENCES).flatMap(([type, difference]) =>
    Object.entries(ORDERINGS).map(([ordering, holds]): [string, Operator] => [
      type + ordering,
      {
        kind: 'comparison',
        test(value, operand) {
          const found = difference(value, operand);
          return found !== undefined && holds(found);
        },
      },
    ]),
  );
}

function equalBooleans(value: Json, operand: Json): boolean {
  return typeof value === 'boolean' && value === operand;
}

function matchingStrings(value: Json, operand: Json): boolean {
  return (
    typeof value === 'string' && typeof operand === 'string' && matchesWildcards(value, operand)
  );
}

function presence(isPresent: boolean, operand: Operand): boolean {
  return operand.kind === 'literal' && operand.value === isPresent;
}
