import type { Unknown } from '../assessment/unknown.ts';
import type { TopBucket, Totals } from './tally.ts';

/** The comparison of an audit with the one before. */
export interface Trend {
  readonly previous:
    | {
        readonly auditId: string;
        readonly finishedAt: string;
        readonly verdicts: Readonly<Record<string, number>>;
      }
    | undefined;
  /** Buckets that are not compliant and were not known to be so. */
  readonly newly: number;
  /** Buckets that were not compliant, and now are, or are exempt. */
  readonly resolved: number;
}

/** An audit's report, as it is kept as JSON. */
export interface AuditReport {
  readonly version: 1;
  readonly auditId: string;
  readonly scope: string;
  readonly policy: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly totals: Totals;
  readonly trend: Trend;
  /** Accounts that could not be listed. */
  readonly unreadable: readonly (Unknown & { readonly accountId: string })[];
  readonly top: readonly TopBucket[];
  /** Keys of the tables with a line for every bucket. */
  readonly tables: readonly string[];
}
