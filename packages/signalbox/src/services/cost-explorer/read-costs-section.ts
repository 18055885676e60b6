import type { Json } from '../../core/json.ts';
import { invalid } from '../../core/user-error.ts';
import { dateOf, firstDay, monthOf } from './calendar.ts';
import { type CostRow, METRICS } from './cost-row.ts';
import type { Bills, CostAnomaly, ReservationMonths, SavingsPlanMonths } from './cost-store.ts';
import { SectionReader } from './section-reader.ts';

const MAX_MONTHS = 38;

/**
 * Reads the section `costs` of the file of simulated resources. Its months end with `lastMonth`, or where that is left
 * out with the month of `now`, so that a rehearsal has its bills at any date.
 * @throws {UserError} With everything that is wrong.
 */
export function readCostsSection(section: Json, now: Date): Bills {
  const reader = new SectionReader();
  const given = reader.object(section, 'costs', [
    'currency',
    'settlesOnDay',
    'pageSize',
    'multiYearData',
    'months',
    'lastMonth',
    'accounts',
    'rows',
    'reservations',
    'savingsPlans',
    'anomalies',
  ]);
  const months = reader.count(given['months'], 'costs.months', 14, [1, MAX_MONTHS]);
  const thisMonth = dateOf(now).slice(0, 7);
  const lastMonth = reader.text(
    given['lastMonth'],
    'costs.lastMonth',
    thisMonth,
    /^\d{4}-(0[1-9]|1[0-2])$/,
  );
  const accounts = reader.texts(given['accounts'], 'costs.accounts');
  const [defaultAccount = ''] = Object.keys(accounts);
  const bills: Bills = {
    currency: reader.text(given['currency'], 'costs.currency', 'USD', /^[A-Z]{3}$/),
    settlesOnDay: reader.count(given['settlesOnDay'], 'costs.settlesOnDay', 6, [1, 28]),
    pageSize: reader.count(given['pageSize'], 'costs.pageSize', 25, [1, 5_000]),
    hasMultiYearData: given['multiYearData'] === true,
    accounts,
    lastMonth: monthOf(lastMonth),
    rows: reader
      .list(given['rows'], 'costs.rows')
      .map((row, index) => readRow(reader, row, { index, months, defaultAccount, accounts })),
    reservations: readReservations(reader, given['reservations'], months),
    savingsPlans: readSavingsPlans(reader, given['savingsPlans'], months),
    anomalies: reader
      .list(given['anomalies'], 'costs.anomalies')
      .map((anomaly, index) => readAnomaly(reader, anomaly, index, monthOf(lastMonth))),
  };
  if (reader.problems.length > 0) throw invalid(reader.problems);
  return bills;
}

interface RowOptions {
  readonly index: number;
  readonly months: number;
  readonly defaultAccount: string;
  readonly accounts: Readonly<Record<string, string>>;
}

const ROW_FIELDS = [
  'service',
  'account',
  'region',
  'recordType',
  'purchaseType',
  'usageType',
  'tags',
  'monthly',
  'metrics',
  'usageUnit',
  'whenSettled',
];

function readRow(reader: SectionReader, row: Json, options: RowOptions): CostRow {
  const { index, months, defaultAccount, accounts } = options;
  const path = `costs.rows[${index}]`;
  const given = reader.object(row, path, ROW_FIELDS);
  const text = (field: string, fallback: string) =>
    reader.text(given[field], `${path}.${field}`, fallback);
  if (given['service'] === undefined) reader.refuse(`${path}.service`, 'Is missing');
  const account = text('account', defaultAccount);
  if (accounts[account] === undefined) {
    reader.refuse(`${path}.account`, `"${account}" is none of the accounts`);
  }
  const more = given['metrics'] === undefined ? {} : given['metrics'];
  const metrics = Object.entries(reader.object(more, `${path}.metrics`, METRICS)).map(
    ([metric, series]) => [metric, reader.amounts(series, `${path}.metrics.${metric}`, months)],
  );
  return {
    dimensions: {
      SERVICE: text('service', ''),
      LINKED_ACCOUNT: account,
      REGION: text('region', 'us-east-1'),
      RECORD_TYPE: text('recordType', 'Usage'),
      PURCHASE_TYPE: text('purchaseType', 'On Demand Instances'),
      USAGE_TYPE: text('usageType', 'Usage'),
    },
    tags: reader.texts(given['tags'], `${path}.tags`),
    series: {
      ...Object.fromEntries(metrics),
      UnblendedCost: reader.amounts(given['monthly'], `${path}.monthly`, months),
    },
    usageUnit: text('usageUnit', 'N/A'),
    whenSettled: given['whenSettled'] === true,
  };
}

function readReservations(
  reader: SectionReader,
  value: Json | undefined,
  months: number,
): ReservationMonths | undefined {
  if (value === undefined) return undefined;
  const path = 'costs.reservations';
  const given = reader.object(value, path, ['purchasedHours', 'usedHours', 'onDemandHours']);
  const series = (field: string) =>
    complete(reader.amounts(given[field], `${path}.${field}`, months));
  return {
    purchasedHours: series('purchasedHours'),
    usedHours: series('usedHours'),
    onDemandHours: series('onDemandHours'),
  };
}

function readSavingsPlans(
  reader: SectionReader,
  value: Json | undefined,
  months: number,
): SavingsPlanMonths | undefined {
  if (value === undefined) return undefined;
  const path = 'costs.savingsPlans';
  const fields = ['commitment', 'usedCommitment', 'coveredSpend', 'onDemandCost'];
  const given = reader.object(value, path, fields);
  const series = (field: string) =>
    complete(reader.amounts(given[field], `${path}.${field}`, months));
  return {
    commitment: series('commitment'),
    usedCommitment: series('usedCommitment'),
    coveredSpend: series('coveredSpend'),
    onDemandCost: series('onDemandCost'),
  };
}

function complete(amounts: readonly (bigint | undefined)[]): readonly bigint[] {
  return amounts.map((amount) => amount ?? 0n);
}

/** Reads an anomaly, whose day is counted in a month so many before the last. */
function readAnomaly(
  reader: SectionReader,
  value: Json,
  index: number,
  lastMonth: number,
): CostAnomaly {
  const path = `costs.anomalies[${index}]`;
  const given = reader.object(value, path, ['id', 'service', 'monthsAgo', 'day', 'days', 'impact']);
  const monthsAgo = reader.count(given['monthsAgo'], `${path}.monthsAgo`, 1, [0, MAX_MONTHS]);
  const day = reader.count(given['day'], `${path}.day`, 1, [1, 28]);
  const days = reader.count(given['days'], `${path}.days`, 1, [1, 28]);
  const month = firstDay(lastMonth - monthsAgo).slice(0, 8);
  return {
    id: reader.text(given['id'], `${path}.id`, 'anomaly'),
    service: reader.text(given['service'], `${path}.service`, ''),
    start: `${month}${String(day).padStart(2, '0')}`,
    end: `${month}${String(Math.min(28, day + days - 1)).padStart(2, '0')}`,
    totalImpact: reader.count(given['impact'], `${path}.impact`, 0, [0, 1_000_000]),
  };
}
