import { csvLines } from '../../shared/csv-lines.ts';
import type { BucketRecord } from './bucket-record.ts';

const COLUMNS = [
  'account',
  'bucket',
  'region',
  'verdict',
  'coverage',
  'codes',
  'unknown_reason',
  'monthly_savings_usd',
  'one_off_usd',
  'break_even_months',
  'sentences',
] as const;

/** The head of the table of buckets. */
export const CSV_HEADER = csvLines([COLUMNS]);

/** Writes a record as a line of the table. */
export function csvLine(record: BucketRecord): string {
  const { findings, savings, unknown } = record;
  const cells = [
    record.accountId,
    record.bucket,
    record.region ?? '',
    record.verdict,
    record.coverage ?? '',
    findings.map(({ code }) => code).join(' '),
    unknown?.reason ?? '',
    savings === undefined ? '' : dollars(savings.monthlyMicroDollars),
    savings === undefined ? '' : dollars(savings.oneOffMicroDollars),
    String(savings?.breakEvenMonths ?? ''),
    [...findings, ...(unknown === undefined ? [] : [unknown])]
      .map(({ sentence }) => sentence)
      .join(' '),
  ];
  return csvLines([cells]);
}

function dollars(microDollars: number): string {
  const whole = BigInt(microDollars) / 1_000_000n;
  const rest = BigInt(microDollars) % 1_000_000n;
  return `${whole}.${String(rest).padStart(6, '0')}`;
}
