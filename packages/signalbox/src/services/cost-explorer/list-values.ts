import type {
  GetDimensionValuesRequest,
  GetDimensionValuesResponse,
  GetTagsRequest,
  GetTagsResponse,
} from '@aws-sdk/client-cost-explorer';
import { ownMember } from '../../core/names/own-member.ts';
import { firstDay, monthOf } from './calendar.ts';
import { notRehearsed, validationError } from './cost-explorer-errors.ts';
import { type CostRow, isDimensionName } from './cost-row.ts';
import type { CostStore } from './cost-store.ts';
import { billsOf } from './get-cost-and-usage.ts';
import { readFilter } from './matches-filter.ts';
import { pageOfRequest } from './page-token.ts';
import { type Period, readPast } from './time-period.ts';

const MAX_VALUES = 1_000;

/**
 * Returns the values that a dimension has in a period, in pages.
 * @throws {AwsError} `ValidationException`, `DataUnavailableException`, `InvalidNextTokenException`.
 */
export function getDimensionValues(
  store: CostStore,
  input: GetDimensionValuesRequest,
): GetDimensionValuesResponse {
  const { Dimension: dimension = '', Context: context } = input;
  if (!isDimensionName(dimension)) throw notRehearsed(`The dimension ${dimension}`);
  if (context !== undefined && context !== 'COST_AND_USAGE') {
    throw notRehearsed(`The context ${context}`);
  }
  if (input.SortBy !== undefined) throw notRehearsed('SortBy');
  const rows = rowsIn(store, input);
  const values = distinct(rows.map(({ dimensions }) => dimensions[dimension]));
  const { shown, next, total } = pageOf(input, values);
  const { accounts } = billsOf(store);
  return {
    DimensionValues: shown.map((value) => ({
      Value: value,
      Attributes: dimension === 'LINKED_ACCOUNT' ? accountOf(accounts, value) : {},
    })),
    ReturnSize: shown.length,
    TotalSize: total,
    ...(next !== undefined && { NextPageToken: next }),
  };
}

/**
 * Returns the tag keys of a period, or with `TagKey` that tag's values, in pages.
 * @throws {AwsError} `ValidationException`, `DataUnavailableException`, `InvalidNextTokenException`.
 */
export function getTags(store: CostStore, input: GetTagsRequest): GetTagsResponse {
  if (input.SortBy !== undefined) throw notRehearsed('SortBy');
  const { TagKey: key } = input;
  const rows = rowsIn(store, input);
  const values = distinct(
    rows.flatMap(({ tags }) =>
      key === undefined ? Object.keys(tags) : [ownMember(tags, key) ?? ''],
    ),
  );
  const { shown, next, total } = pageOf(input, values);
  return {
    Tags: [...shown],
    ReturnSize: shown.length,
    TotalSize: total,
    ...(next !== undefined && { NextPageToken: next }),
  };
}

interface Question {
  readonly TimePeriod: GetTagsRequest['TimePeriod'];
  readonly Filter?: GetTagsRequest['Filter'];
  readonly SearchString?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextPageToken?: string | undefined;
}

function rowsIn(store: CostStore, { TimePeriod, Filter }: Question): readonly CostRow[] {
  const period = readPast(TimePeriod, store.limits());
  const isIn = (row: CostRow) =>
    monthsOf(period).some((month) => store.amount(row, 'UnblendedCost', month) !== undefined);
  return billsOf(store).rows.filter(readFilter(Filter)).filter(isIn);
}

function monthsOf({ start, end }: Period): readonly Period[] {
  const months: Period[] = [];
  for (let month = monthOf(start); firstDay(month) < end; month += 1) {
    months.push({ start: firstDay(month), end: firstDay(month + 1) });
  }
  return months;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

function pageOf(input: Question, values: readonly string[]) {
  const { SearchString: search = '', MaxResults: size = MAX_VALUES } = input;
  if (size < 1 || size > MAX_VALUES) {
    throw validationError(`MaxResults must be between 1 and ${MAX_VALUES}`);
  }
  const found = values.filter((value) => value.toLowerCase().includes(search.toLowerCase()));
  const { members, next } = pageOfRequest(input, found, size);
  return { shown: members, next, total: found.length };
}

function accountOf(accounts: Readonly<Record<string, string>>, id: string): Record<string, string> {
  const description = ownMember(accounts, id);
  return description === undefined ? {} : { description };
}
