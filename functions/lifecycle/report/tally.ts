import type { FindingCode } from '../assessment/finding.ts';
import type { UnknownReason } from '../assessment/unknown.ts';
import { BUCKET_VERDICTS, type BucketVerdict } from '../assessment/verdict.ts';
import type { BucketRecord } from './bucket-record.ts';

/** The numbers of an audit. */
export interface Totals {
  readonly audited: number;
  readonly verdicts: Readonly<Record<BucketVerdict, number>>;
  /** By code. */
  readonly findings: Readonly<Record<string, number>>;
  /** By reason. */
  readonly unknown: Readonly<Record<string, number>>;
  readonly regions: Readonly<Record<string, number>>;
  readonly monthlyMicroDollars: number;
  readonly oneOffMicroDollars: number;
}

/** A bucket whose repair would save most. */
export interface TopBucket {
  readonly accountId: string;
  readonly bucket: string;
  readonly region: string | null;
  readonly monthlyMicroDollars: number;
  readonly breakEvenMonths: number | undefined;
  readonly codes: readonly FindingCode[];
}

const TOP = 25;

/** Adds up records one after the other, so that any number of buckets fits into the memory. */
export class Tally {
  readonly #verdicts = new Map<BucketVerdict, number>(
    BUCKET_VERDICTS.map((verdict) => [verdict, 0]),
  );
  readonly #findings = new Map<FindingCode, number>();
  readonly #unknown = new Map<UnknownReason, number>();
  readonly #regions = new Map<string, number>();
  #top: readonly TopBucket[] = [];
  #monthly = 0;
  #oneOff = 0;

  add(record: BucketRecord): void {
    const { verdict, findings, unknown, region, savings } = record;
    if (verdict === 'SKIPPED') return;
    count(this.#verdicts, verdict);
    count(this.#regions, region ?? 'unknown');
    for (const { code } of findings) count(this.#findings, code);
    if (unknown !== undefined) count(this.#unknown, unknown.reason);
    if (savings === undefined) return;
    this.#monthly += savings.monthlyMicroDollars;
    this.#oneOff += savings.oneOffMicroDollars;
    this.#keepTop(record, savings.monthlyMicroDollars);
  }

  #keepTop(record: BucketRecord, monthlyMicroDollars: number): void {
    const least = this.#top.length < TOP ? 0 : (this.#top.at(-1)?.monthlyMicroDollars ?? 0);
    if (monthlyMicroDollars <= least) return;
    const { accountId, bucket, region, savings, findings } = record;
    const one = {
      accountId,
      bucket,
      region,
      monthlyMicroDollars,
      breakEvenMonths: savings?.breakEvenMonths,
      codes: findings.map(({ code }) => code),
    };
    this.#top = [...this.#top, one]
      .sort((a, b) => b.monthlyMicroDollars - a.monthlyMicroDollars)
      .slice(0, TOP);
  }

  /** The buckets whose repair would save most. */
  get top(): readonly TopBucket[] {
    return this.#top;
  }

  totals(): Totals {
    const of = (verdict: BucketVerdict): number => this.#verdicts.get(verdict) ?? 0;
    const verdicts = {
      COMPLIANT: of('COMPLIANT'),
      NON_COMPLIANT: of('NON_COMPLIANT'),
      EXEMPT: of('EXEMPT'),
      UNKNOWN: of('UNKNOWN'),
    };
    return {
      audited: BUCKET_VERDICTS.reduce((sum, verdict) => sum + of(verdict), 0),
      verdicts,
      findings: sorted(this.#findings),
      unknown: sorted(this.#unknown),
      regions: sorted(this.#regions),
      monthlyMicroDollars: this.#monthly,
      oneOffMicroDollars: this.#oneOff,
    };
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The most frequent first. */
function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}
