import * as v from 'valibot';
import type { Json } from '../../core/json.ts';
import type { Problem } from '../../core/result.ts';
import { readSection } from '../../core/schema/read-section.ts';
import {
  AnyText,
  Flag,
  fields,
  listOf,
  mapOf,
  Text,
  textLike,
  whole,
} from '../../core/schema/schema.ts';
import { METRICS } from './cost-row.ts';
import { isDecimal, parseDecimal } from './decimal.ts';

const MAX_MONTHS = 38;
const AMOUNT = 'Write an amount such as "12.5", or null';

const Amount = v.nullable(
  v.pipe(v.string(AMOUNT), v.check(isDecimal, AMOUNT), v.transform(parseDecimal)),
);
/** One amount a month; null where there is none. */
const Series = listOf(Amount);
const TextMap = v.optional(mapOf(AnyText), {});

const RowSchema = fields({
  service: Text,
  account: v.optional(Text),
  region: v.optional(Text, 'us-east-1'),
  recordType: v.optional(Text, 'Usage'),
  purchaseType: v.optional(Text, 'On Demand Instances'),
  usageType: v.optional(Text, 'Usage'),
  tags: TextMap,
  monthly: Series,
  metrics: v.optional(fields(v.entriesFromList(METRICS, v.optional(Series))), {}),
  usageUnit: v.optional(Text, 'N/A'),
  whenSettled: v.optional(Flag, false),
});

const CostsSchema = fields({
  currency: v.optional(textLike(/^[A-Z]{3}$/, 'a currency such as USD'), 'USD'),
  settlesOnDay: v.optional(whole(1, 28), 6),
  pageSize: v.optional(whole(1, 5_000), 25),
  multiYearData: v.optional(Flag, false),
  months: v.optional(whole(1, MAX_MONTHS), 14),
  lastMonth: v.optional(textLike(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2026-01')),
  /** Names by account id. */
  accounts: TextMap,
  rows: v.optional(listOf(RowSchema), []),
  reservations: v.optional(
    fields({ purchasedHours: Series, usedHours: Series, onDemandHours: Series }),
  ),
  savingsPlans: v.optional(
    fields({
      commitment: Series,
      usedCommitment: Series,
      coveredSpend: Series,
      onDemandCost: Series,
    }),
  ),
  anomalies: v.optional(
    listOf(
      fields({
        id: v.optional(Text, 'anomaly'),
        service: v.optional(AnyText, ''),
        monthsAgo: v.optional(whole(0, MAX_MONTHS), 1),
        day: v.optional(whole(1, 28), 1),
        days: v.optional(whole(1, 28), 1),
        impact: v.optional(whole(0, 1_000_000), 0),
      }),
    ),
    [],
  ),
});

/** The section `costs` of the file of simulated resources. */
export type CostsSection = v.InferOutput<typeof CostsSchema>;
export type RowSection = CostsSection['rows'][number];
export type AnomalySection = CostsSection['anomalies'][number];

/** Reads the section. @throws {UserError} With everything that is wrong. */
export function parseCostsSection(section: Json): CostsSection {
  return readSection('costs', section, CostsSchema, checkCosts);
}

/** The account of rows that name none: the first. */
export function firstAccount({ accounts }: CostsSection): string {
  return Object.keys(accounts)[0] ?? '';
}

/** Finds rows of unknown accounts, and series that have not one amount a month. */
function checkCosts(costs: CostsSection): readonly Problem[] {
  const { accounts, months, rows, reservations = {}, savingsPlans = {} } = costs;
  const usual = firstAccount(costs);
  return [
    ...rows.flatMap(({ account = usual, monthly, metrics }, index) => {
      const path = `costs.rows[${index}]`;
      const isKnown = Object.hasOwn(accounts, account);
      return [
        ...(isKnown
          ? []
          : [{ path: `${path}.account`, message: `There is no account "${account}"` }]),
        ...checkSeries(path, { monthly }, months),
        ...checkSeries(`${path}.metrics`, metrics, months),
      ];
    }),
    ...checkSeries('costs.reservations', reservations, months),
    ...checkSeries('costs.savingsPlans', savingsPlans, months),
  ];
}

function checkSeries(
  path: string,
  series: Readonly<Record<string, readonly unknown[] | undefined>>,
  months: number,
): readonly Problem[] {
  return Object.entries(series).flatMap(([name, amounts]) =>
    amounts === undefined || amounts.length === months
      ? []
      : [
          {
            path: `${path}.${name}`,
            message: `Write ${months} amounts, one a month: there are ${amounts.length}`,
          },
        ],
  );
}
