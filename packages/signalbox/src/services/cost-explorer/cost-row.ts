/** The metrics of GetCostAndUsage. */
export const METRICS = [
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'NormalizedUsageAmount',
  'UnblendedCost',
  'UsageQuantity',
] as const;

export type MetricName = (typeof METRICS)[number];

/** The dimensions that a row of the rehearsal has. */
export const DIMENSIONS = [
  'SERVICE',
  'LINKED_ACCOUNT',
  'REGION',
  'RECORD_TYPE',
  'PURCHASE_TYPE',
  'USAGE_TYPE',
] as const;

export type DimensionName = (typeof DIMENSIONS)[number];

/** Returns whether a text is a dimension that rows have. */
export function isDimensionName(key: string): key is DimensionName {
  return DIMENSIONS.some((name) => name === key);
}

/** One line of the bill through the months. */
export interface CostRow {
  readonly dimensions: Readonly<Record<DimensionName, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** By metric, in units of 10⁻¹⁰, one a month; undefined where the row is not on that month's bill. */
  readonly series: Readonly<Partial<Record<MetricName, readonly (bigint | undefined)[]>>>;
  /** The unit of the quantities, such as `Hrs`. */
  readonly usageUnit: string;
  /** It is booked only when the month is settled, as refunds often are. */
  readonly whenSettled: boolean;
}

/** The metrics that stand in where a row has no series of its own for one. */
const FALLBACKS: Readonly<Partial<Record<MetricName, readonly MetricName[]>>> = {
  AmortizedCost: ['UnblendedCost'],
  BlendedCost: ['UnblendedCost'],
  NetAmortizedCost: ['AmortizedCost', 'UnblendedCost'],
  NetUnblendedCost: ['UnblendedCost'],
};

/** A row's months by a metric; usage without a series is none. */
export function seriesOf(row: CostRow, metric: MetricName): readonly (bigint | undefined)[] {
  const names = [metric, ...(FALLBACKS[metric] ?? [])];
  const found = names.map((name) => row.series[name]).find((series) => series !== undefined);
  const bill = row.series.UnblendedCost ?? [];
  return found ?? bill.map((amount) => (amount === undefined ? undefined : 0n));
}
