import type {
  GetCostAndUsageRequest,
  GetCostAndUsageResponse,
  Group,
  MetricValue,
  ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import { monthOf } from './calendar.ts';
import { dataUnavailable, notRehearsed, validationError } from './cost-explorer-errors.ts';
import { type CostRow, METRICS, type MetricName } from './cost-row.ts';
import type { Bills, CostStore } from './cost-store.ts';
import { formatDecimal } from './decimal.ts';
import { type GroupKeys, readGroupBy } from './group-by.ts';
import { readFilter } from './matches-filter.ts';
import { pageOfRequest } from './page-token.ts';
import { type Period, readPast, splitPeriod } from './time-period.ts';

/**
 * Returns costs and usage by period. AWS: with GroupBy `Total` is empty; a response's pages go on by
 * group, so that each of them has its periods again.
 * @throws {AwsError} `ValidationException`, `BillExpirationException`, `DataUnavailableException`,
 * `InvalidNextTokenException`, `RequestChangedException`.
 */
export function getCostAndUsage(
  store: CostStore,
  input: GetCostAndUsageRequest,
): GetCostAndUsageResponse {
  const { TimePeriod, Granularity, GroupBy = [] } = input;
  if (input.BillingViewArn !== undefined) throw notRehearsed('BillingViewArn');
  const metrics = readMetrics(input.Metrics);
  const keysOf = readGroupBy(GroupBy);
  const periods = splitPeriod(readPast(TimePeriod, store.limits()), Granularity);
  const bills = billsOf(store);
  const rows = bills.rows.filter(readFilter(input.Filter));
  if (keysOf === undefined) {
    return { ResultsByTime: periods.map((period) => totalOf(store, rows, metrics, period)) };
  }
  const groups = groupRows(store, rows, keysOf, metrics, periods);
  const { members: shown, next } = pageOfRequest(input, groups, bills.pageSize);
  return {
    GroupDefinitions: GroupBy,
    ResultsByTime: periods.map((period) => groupsOf(store, shown, metrics, period)),
    DimensionValueAttributes: accountNames(bills, GroupBy, shown),
    ...(next !== undefined && { NextPageToken: next }),
  };
}

/** @throws {AwsError} `DataUnavailableException` where there is no bill at all. */
export function billsOf({ bills }: CostStore): Bills {
  if (bills === undefined || bills.rows.length === 0) throw dataUnavailable();
  return bills;
}

interface RowGroup {
  readonly keys: GroupKeys;
  readonly rows: readonly CostRow[];
}

function readMetrics(names: readonly string[] | undefined): readonly MetricName[] {
  if (names === undefined || names.length === 0) throw validationError('Metrics is required');
  return names.map((name) => {
    const known = METRICS.find((metric) => metric === name);
    if (known !== undefined) return known;
    throw validationError(`Metric ${name} is not valid. Valid values are ${METRICS.join(', ')}`);
  });
}

/** The groups that have anything in any period, by their keys. */
function groupRows(
  store: CostStore,
  rows: readonly CostRow[],
  keysOf: (row: CostRow) => GroupKeys,
  metrics: readonly MetricName[],
  periods: readonly Period[],
): readonly RowGroup[] {
  const byKeys = new Map<string, { readonly keys: GroupKeys; readonly rows: CostRow[] }>();
  const isThere = (row: CostRow) =>
    periods.some((period) =>
      metrics.some((metric) => store.amount(row, metric, period) !== undefined),
    );
  for (const row of rows.filter(isThere)) {
    const keys = keysOf(row);
    const name = keys.join('\u0000');
    const group = byKeys.get(name) ?? { keys, rows: [] };
    group.rows.push(row);
    byKeys.set(name, group);
  }
  return [...byKeys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function groupsOf(
  store: CostStore,
  groups: readonly RowGroup[],
  metrics: readonly MetricName[],
  period: Period,
): ResultByTime {
  const isThere = ({ rows }: RowGroup) =>
    rows.some((row) => metrics.some((metric) => store.amount(row, metric, period) !== undefined));
  return {
    ...timeOf(store, period),
    Total: {},
    Groups: groups.filter(isThere).map(
      ({ keys, rows }): Group => ({
        Keys: [...keys],
        Metrics: metricsOf(store, rows, metrics, period),
      }),
    ),
  };
}

function totalOf(
  store: CostStore,
  rows: readonly CostRow[],
  metrics: readonly MetricName[],
  period: Period,
): ResultByTime {
  return {
    ...timeOf(store, period),
    Total: metricsOf(store, rows, metrics, period),
    Groups: [],
  };
}

function timeOf(store: CostStore, { start, end }: Period): ResultByTime {
  return {
    TimePeriod: { Start: start, End: end },
    Estimated: store.isEstimated(monthOf(start)),
  };
}

function metricsOf(
  store: CostStore,
  rows: readonly CostRow[],
  metrics: readonly MetricName[],
  period: Period,
): Record<string, MetricValue> {
  const value = (metric: MetricName): MetricValue => ({
    Amount: formatDecimal(
      rows.reduce((sum, row) => sum + (store.amount(row, metric, period) ?? 0n), 0n),
    ),
    Unit: unitOf(store, rows, metric),
  });
  return Object.fromEntries(metrics.map((metric) => [metric, value(metric)]));
}

// AWS: quantities that count different things are added up all the same, and have no unit.
function unitOf(store: CostStore, rows: readonly CostRow[], metric: MetricName): string {
  if (metric.endsWith('Cost')) return store.bills?.currency ?? 'USD';
  const units = new Set(rows.map(({ usageUnit }) => usageUnit));
  const [unit = 'N/A'] = units;
  return units.size === 1 && metric === 'UsageQuantity' ? unit : 'N/A';
}

function accountNames(
  { accounts }: Bills,
  groupBy: NonNullable<GetCostAndUsageRequest['GroupBy']>,
  groups: readonly RowGroup[],
): NonNullable<GetCostAndUsageResponse['DimensionValueAttributes']> {
  const place = groupBy.findIndex(({ Key }) => Key === 'LINKED_ACCOUNT');
  const ids = new Set(groups.map(({ keys }) => keys[place] ?? ''));
  return [...ids].flatMap((id) =>
    accounts[id] === undefined ? [] : [{ Value: id, Attributes: { description: accounts[id] } }],
  );
}
