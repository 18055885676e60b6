import type { Json } from '../../core/json.ts';
import { dateOf, firstDay, type MonthNumber, monthOf } from './calendar.ts';
import type { CostRow } from './cost-row.ts';
import type { Bills, CostAnomaly } from './cost-store.ts';
import {
  type AnomalySection,
  firstAccount,
  parseCostsSection,
  type RowSection,
} from './costs-section.ts';

/**
 * Reads the section `costs` of the file of simulated resources. Its months end with `lastMonth`, or
 * where that is left out with the month of `now`, so that a rehearsal has its bills at any date.
 * @throws {UserError} With everything that is wrong.
 */
export function readCostsSection(section: Json, now: Date): Bills {
  const costs = parseCostsSection(section);
  const lastMonth = monthOf(costs.lastMonth ?? dateOf(now).slice(0, 7));
  const { currency, settlesOnDay, pageSize, accounts, reservations, savingsPlans } = costs;
  return {
    ...{ currency, settlesOnDay, pageSize, accounts, lastMonth },
    hasMultiYearData: costs.multiYearData,
    rows: costs.rows.map((row) => rowOf(row, firstAccount(costs))),
    reservations: reservations && {
      purchasedHours: complete(reservations.purchasedHours),
      usedHours: complete(reservations.usedHours),
      onDemandHours: complete(reservations.onDemandHours),
    },
    savingsPlans: savingsPlans && {
      commitment: complete(savingsPlans.commitment),
      usedCommitment: complete(savingsPlans.usedCommitment),
      coveredSpend: complete(savingsPlans.coveredSpend),
      onDemandCost: complete(savingsPlans.onDemandCost),
    },
    anomalies: costs.anomalies.map((anomaly) => anomalyOf(anomaly, lastMonth)),
  };
}

function rowOf(row: RowSection, usualAccount: string): CostRow {
  const metrics = Object.entries(row.metrics).map(([name, series = []]) => [name, present(series)]);
  return {
    dimensions: {
      SERVICE: row.service,
      LINKED_ACCOUNT: row.account ?? usualAccount,
      REGION: row.region,
      RECORD_TYPE: row.recordType,
      PURCHASE_TYPE: row.purchaseType,
      USAGE_TYPE: row.usageType,
    },
    tags: row.tags,
    series: { ...Object.fromEntries(metrics), UnblendedCost: present(row.monthly) },
    usageUnit: row.usageUnit,
    whenSettled: row.whenSettled,
  };
}

function present(amounts: readonly (bigint | null)[]): readonly (bigint | undefined)[] {
  return amounts.map((amount) => amount ?? undefined);
}

function complete(amounts: readonly (bigint | null)[]): readonly bigint[] {
  return amounts.map((amount) => amount ?? 0n);
}

/** Makes an anomaly, whose day is counted in a month so many before the last. */
function anomalyOf(anomaly: AnomalySection, lastMonth: MonthNumber): CostAnomaly {
  const { id, service, monthsAgo, day, days, impact } = anomaly;
  const month = firstDay(lastMonth - monthsAgo).slice(0, 8);
  return {
    id,
    service,
    start: `${month}${String(day).padStart(2, '0')}`,
    end: `${month}${String(Math.min(28, day + days - 1)).padStart(2, '0')}`,
    totalImpact: impact,
  };
}
