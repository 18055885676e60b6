import type { Expression } from '@aws-sdk/client-cost-explorer';
import { ownMember } from '../../core/names/own-member.ts';
import { notRehearsed, validationError } from './cost-explorer-errors.ts';
import { type CostRow, isDimensionName } from './cost-row.ts';

/** Says of a row whether a filter lets it through. */
export type RowTest = (row: CostRow) => boolean;

interface Leaf {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
  readonly MatchOptions?: readonly string[] | undefined;
}

/**
 * Reads a filter. AWS: an expression is one of Or, And, Not, Dimensions, Tags and CostCategories.
 * @throws {AwsError} `ValidationException` for anything else.
 */
export function readFilter(filter: Expression | undefined): RowTest {
  if (filter === undefined) return () => true;
  const { And, Or, Not, Dimensions, Tags, CostCategories } = filter;
  if (CostCategories !== undefined) throw notRehearsed('A filter by CostCategories');
  const roots = [And, Or, Not, Dimensions, Tags].filter((root) => root !== undefined);
  if (roots.length !== 1) {
    throw validationError(
      'Expression has zero or more than one roots. Only one root operator is allowed for each expression: "and", "or", "not", "tag" or "dimensionValue"',
    );
  }
  if (And !== undefined) return combined('And', And, (tests, row) => tests.every((t) => t(row)));
  if (Or !== undefined) return combined('Or', Or, (tests, row) => tests.some((t) => t(row)));
  if (Not !== undefined) return negated(Not);
  return Dimensions === undefined ? tagTest(Tags ?? {}) : dimensionTest(Dimensions);
}

function combined(
  name: string,
  operands: readonly Expression[],
  combine: (tests: readonly RowTest[], row: CostRow) => boolean,
): RowTest {
  if (operands.length < 2) {
    throw validationError(`${name} expression must have at least 2 operands`);
  }
  const tests = operands.map(readFilter);
  return (row) => combine(tests, row);
}

function negated(filter: Expression): RowTest {
  const test = readFilter(filter);
  return (row) => !test(row);
}

function dimensionTest(leaf: Leaf): RowTest {
  const { Key: key = '' } = leaf;
  if (!isDimensionName(key)) throw notRehearsed(`A filter by the dimension ${key}`);
  const matches = valueTest(leaf);
  return ({ dimensions }) => matches(dimensions[key]);
}

function tagTest(leaf: Leaf): RowTest {
  const { Key: key = '' } = leaf;
  if (key === '') throw validationError('A filter by Tags needs a Key');
  const matches = valueTest(leaf);
  return ({ tags }) => matches(ownMember(tags, key) ?? '');
}

const COMPARISONS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  EQUALS: (value, wanted) => value === wanted,
  STARTS_WITH: (value, wanted) => value.startsWith(wanted),
  ENDS_WITH: (value, wanted) => value.endsWith(wanted),
  CONTAINS: (value, wanted) => value.includes(wanted),
};

function valueTest({ Values = [], MatchOptions = [] }: Leaf): (value: string) => boolean {
  if (MatchOptions.includes('ABSENT')) {
    if (Values.length > 0) throw validationError('The match option ABSENT takes no Values');
    return (value) => value === '';
  }
  if (Values.length === 0) throw validationError('A filter needs Values');
  const fold = MatchOptions.includes('CASE_INSENSITIVE')
    ? (text: string) => text.toLowerCase()
    : (text: string) => text;
  const names = MatchOptions.filter((option) => !option.startsWith('CASE_'));
  const [name = 'EQUALS', second] = names;
  const compare = ownMember(COMPARISONS, name);
  if (compare === undefined || second !== undefined) {
    throw notRehearsed(`The match option ${names.join(', ')}`);
  }
  return (value) => Values.some((wanted) => compare(fold(value), fold(wanted)));
}
