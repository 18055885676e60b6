import { array, boolean, type InferOutput, object, picklist, string } from 'valibot';
import { UNKNOWN_REASONS } from '../assessment/unknown.ts';
import type { Announcement } from '../report/announcement.ts';
import { type BucketRecord, bucketKey, type ListedBucket } from '../report/bucket-record.ts';
import { CSV_HEADER, csvLine } from '../report/csv.ts';
import { Tally, type TopBucket, type Totals } from '../report/tally.ts';
import { afterRestore } from './after-restore.ts';

/** The input from the workflow: `startedAt` and `finishedAt` in ISO 8601. */
export const SummariseAuditSchema = object({
  auditId: string(),
  isEverything: boolean(),
  scopeSentence: string(),
  policyName: string(),
  startedAt: string(),
  finishedAt: string(),
  unreadable: array(
    object({ accountId: string(), reason: picklist(UNKNOWN_REASONS), sentence: string() }),
  ),
});

/** The input from the workflow. */
export type SummariseAudit = InferOutput<typeof SummariseAuditSchema>;

/** Lines of a table before the next one begins: a file that a spreadsheet still opens. */
export const MAX_TABLE_LINES = 50_000;

/** The stores that the summary reads and writes, part by part. */
export interface SummaryPorts {
  /** The results, in parts. */
  results(): AsyncIterable<readonly BucketRecord[]>;
  /** The list of buckets, in parts. */
  listed(): AsyncIterable<readonly ListedBucket[]>;
  /** Writes a table of buckets; returns its key. */
  writeTable(part: number, csv: string): Promise<string>;
}

/** The state after earlier audits and repairs, by `accountId/bucket`. */
export interface Known {
  /** Buckets that were not compliant before. */
  readonly nonCompliant: ReadonlySet<string>;
  /** Buckets whose repair was taken back, and when, in Unix milliseconds. */
  readonly restored: ReadonlyMap<string, number>;
}

/** The sums of the records. */
export interface Summary {
  readonly totals: Totals;
  readonly top: readonly TopBucket[];
  readonly tables: readonly string[];
  readonly announcements: readonly Announcement[];
  readonly newly: number;
  readonly resolved: number;
}

/** Adds up an audit's results; buckets that were listed and have none are UNKNOWN: their batch failed. */
export async function summarise(
  ports: SummaryPorts,
  known: Known,
  startedAt: string,
): Promise<Summary> {
  const tally = new Tally();
  const tables = new Tables(ports);
  const announcements: Announcement[] = [];
  const seen = new Set<string>();
  const take = async (found: BucketRecord): Promise<void> => {
    const key = bucketKey(found);
    if (seen.has(key)) return;
    seen.add(key);
    const { record, released } = afterRestore(found, known.restored.get(key), startedAt);
    tally.add(record);
    announcements.push(...announcementsOf(record, known.nonCompliant.has(key), startedAt));
    if (released !== undefined) announcements.push(released);
    if (record.verdict !== 'SKIPPED') await tables.add(csvLine(record));
  };
  for await (const records of ports.results()) for (const record of records) await take(record);
  for await (const buckets of ports.listed()) {
    for (const bucket of buckets) await take(withoutResult(bucket));
  }
  return {
    totals: tally.totals(),
    top: tally.top,
    tables: await tables.finish(),
    announcements,
    newly: announcements.filter(({ kind }) => kind === 'newly').length,
    resolved: announcements.filter(({ kind }) => kind === 'resolved').length,
  };
}

function withoutResult({ accountId, bucket, region }: ListedBucket): BucketRecord {
  const sentence = 'Its batch failed, or was never run.';
  const unknown = { reason: 'BATCH_FAILED', sentence } as const;
  return { accountId, bucket, region, verdict: 'UNKNOWN', unknown, findings: [] };
}

/** A bucket that could not be looked at changes nothing: it stays what it was known for. */
function announcementsOf(
  { accountId, bucket, region, ...record }: BucketRecord,
  isKnown: boolean,
  startedAt: string,
): readonly Announcement[] {
  const { verdict, findings, savings, proposalKey, isRepairedByItself } = record;
  if (region === null || verdict === 'UNKNOWN' || verdict === 'SKIPPED') return [];
  const place = { accountId, bucket, region };
  if (verdict !== 'NON_COMPLIANT') return isKnown ? [{ kind: 'resolved', ...place }] : [];
  const isToRepair = proposalKey !== undefined && isRepairedByItself === true;
  return [
    ...(isKnown
      ? []
      : [
          {
            kind: 'newly' as const,
            ...place,
            since: startedAt,
            findings: findings.map(({ code, severity, sentence }) => ({
              code,
              severity,
              sentence,
            })),
            monthlyMicroDollars: savings?.monthlyMicroDollars ?? 0,
            proposalKey: proposalKey ?? '',
          },
        ]),
    ...(isToRepair ? [{ kind: 'repair' as const, ...place }] : []),
  ];
}

/** Tables of buckets, the next begun where one is full. */
class Tables {
  readonly #ports: SummaryPorts;
  readonly #keys: string[] = [];
  #lines: string[] = [];

  constructor(ports: SummaryPorts) {
    this.#ports = ports;
  }

  async add(line: string): Promise<void> {
    this.#lines.push(line);
    if (this.#lines.length >= MAX_TABLE_LINES) await this.#flush();
  }

  async finish(): Promise<readonly string[]> {
    if (this.#lines.length > 0 || this.#keys.length === 0) await this.#flush();
    return this.#keys;
  }

  async #flush(): Promise<void> {
    const csv = CSV_HEADER + this.#lines.join('');
    this.#lines = [];
    this.#keys.push(await this.#ports.writeTable(this.#keys.length + 1, csv));
  }
}

/** The hours between two times in ISO 8601. */
export function hoursBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000;
}
