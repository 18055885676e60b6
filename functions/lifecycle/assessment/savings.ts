import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { BilledClass, RegionPrices } from './prices.ts';
import { isTransitionClass, type TransitionClass } from './storage-class.ts';

/** The size of a bucket's storage by CloudWatch, a day or two old. */
export interface StorageMetrics {
  /** Bytes in the classes that a lifecycle moves objects out of. */
  readonly bytes: Readonly<Partial<Record<BilledClass, number>>>;
  /** Objects of all classes. */
  readonly objects: number;
}

/** The most that a proposal would save: nobody knows how old the objects are. */
export interface Savings {
  /** Millionths of a dollar a month. */
  readonly monthlyMicroDollars: number;
  /** Millionths of a dollar, once: the requests that move the objects. */
  readonly oneOffMicroDollars: number;
  /** Months until the transitions have paid for themselves; undefined where they never do. */
  readonly breakEvenMonths: number | undefined;
  readonly note: string;
}

const GB = 2n ** 30n;
const SMALL_BYTES = 128 * 1_024;
/** AWS: an archived object takes 32 KB more at the archive's price, and 8 KB at that of STANDARD. */
const ARCHIVE_INDEX_BYTES = 32n * 1_024n;
const STANDARD_INDEX_BYTES = 8n * 1_024n;

/**
 * Estimates what the transitions of a rule would save: the gigabytes times the difference in price,
 * less what archived objects take in addition. An upper bound, as if every object were old enough
 * already.
 */
export function estimateSavings(
  rule: LifecycleRule | undefined,
  metrics: StorageMetrics,
  prices: RegionPrices,
): Savings {
  const path = (rule?.Transitions ?? []).flatMap(({ StorageClass: to }) =>
    isTransitionClass(to) ? [to] : [],
  );
  const coldest = path.findLast(isBilled);
  const total = Object.values(metrics.bytes).reduce((sum, bytes) => sum + bytes, 0);
  if (coldest === undefined || total === 0 || metrics.objects === 0) {
    return nothing('The proposal moves no objects that are there.');
  }
  if (total / metrics.objects < SMALL_BYTES) {
    return nothing('The objects are under 128 KB on average, so that moving them saves nothing.');
  }
  const monthly = monthlySavings(coldest, metrics, prices);
  const fees = path.reduce((sum, to) => sum + (prices.transitionMicroDollarsPer1000[to] ?? 0), 0);
  const oneOff = dividedUp(BigInt(metrics.objects) * BigInt(fees), 1_000n);
  if (monthly <= 0n) return nothing('What archived objects take in addition eats up the savings.');
  return {
    monthlyMicroDollars: Number(monthly),
    oneOffMicroDollars: Number(oneOff),
    breakEvenMonths: Number(dividedUp(oneOff, monthly)),
    note: `An upper bound, as if every object were old enough: prices of ${prices.region}, ${prices.asOf}.`,
  };
}

function monthlySavings(
  to: BilledClass & TransitionClass,
  { bytes, objects }: StorageMetrics,
  { storageMicroDollarsPerGb: price }: RegionPrices,
): bigint {
  const priceOf = (storageClass: BilledClass): bigint => BigInt(price[storageClass] ?? 0);
  const entries = SOURCES.map((from) => [from, BigInt(Math.round(bytes[from] ?? 0))] as const);
  const gain = entries.reduce((sum, [from, size]) => {
    const difference = priceOf(from) - priceOf(to);
    return difference > 0n ? sum + size * difference : sum;
  }, 0n);
  const overhead = isArchive(to)
    ? BigInt(Math.round(objects)) *
      (ARCHIVE_INDEX_BYTES * priceOf(to) + STANDARD_INDEX_BYTES * priceOf('STANDARD'))
    : 0n;
  return (gain - overhead) / GB;
}

const SOURCES: readonly BilledClass[] = ['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'GLACIER_IR'];

function isArchive(storageClass: TransitionClass): boolean {
  return storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE';
}

/** Intelligent-Tiering has several prices, and so none that could be promised. */
function isBilled(storageClass: TransitionClass): storageClass is BilledClass & TransitionClass {
  return storageClass !== 'INTELLIGENT_TIERING';
}

function dividedUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

function nothing(note: string): Savings {
  return { monthlyMicroDollars: 0, oneOffMicroDollars: 0, breakEvenMonths: undefined, note };
}

/** Writes millionths of a dollar as dollars and cents, such as `$1,234.50`. */
export function dollarsText(microDollars: number): string {
  const cents = (BigInt(Math.round(microDollars)) + 5_000n) / 10_000n;
  const dollars = (cents / 100n).toLocaleString('en-US');
  return `$${dollars}.${String(cents % 100n).padStart(2, '0')}`;
}
