import type { CostAnswer, Share } from '../cost-answer.ts';
import {
  type Money,
  parseMoney,
  percentHundredths,
  percentText,
  roundedMoney,
  sum,
} from '../money.ts';
import { firstDay, type Month } from '../month.ts';
import type { Finding } from './finding.ts';

/*
 * The platform's capacity plan: the base runs on reserved capacity all month, peaks run on Spot, and
 * what bursts beyond runs on demand.
 */

/** Bounds of the plan in hundredths of a percent. */
const PLAN = {
  /** Of what is reserved, at least so much is used. */
  leastUsed: 9_000n,
  /** Of what runs, at least so much is the base, and reserved. */
  leastCovered: 5_000n,
  /** More reserved than this, and the quiet hours are paid for too. */
  mostCovered: 9_500n,
  /** Of what compute costs, at most so much runs on demand. */
  mostOnDemand: 4_000n,
} as const;

/** A part of a whole in hundredths of a percent, by what it is called in the report. */
export interface Ratio {
  readonly name: string;
  readonly part: Money;
  readonly whole: Money;
  readonly percent: bigint;
}

/** The answers that say how capacity was bought and used. */
export interface CapacityAnswers {
  readonly reservationCoverage: CostAnswer | undefined;
  readonly reservationUtilization: CostAnswer | undefined;
  readonly savingsPlansCoverage: CostAnswer | undefined;
  readonly savingsPlansUtilization: CostAnswer | undefined;
  readonly purchaseTypes: CostAnswer | undefined;
}

/** The use of capacity in a month, and the plan's view of it. */
export interface Capacity {
  readonly ratios: readonly Ratio[];
  readonly findings: readonly Finding[];
}

interface Rule {
  readonly name: string;
  readonly of: (answers: CapacityAnswers) => CostAnswer | undefined;
  readonly judge: (ratio: Ratio) => Finding | undefined;
}

const RULES: readonly Rule[] = [
  {
    name: 'Reserved hours used',
    of: (answers) => answers.reservationUtilization,
    judge: (ratio) => unused(ratio, 'ReservationsUnused', 'of the reserved hours'),
  },
  {
    name: 'Running hours reserved',
    of: (answers) => answers.reservationCoverage,
    judge: (ratio) => covered(ratio, 'Reservations', 'of the instance hours are reserved'),
  },
  {
    name: 'Savings Plans commitment used',
    of: (answers) => answers.savingsPlansUtilization,
    judge: (ratio) => unused(ratio, 'SavingsPlansUnused', 'of the Savings Plans commitment'),
  },
  {
    name: 'Spend covered by Savings Plans',
    of: (answers) => answers.savingsPlansCoverage,
    judge: (ratio) => covered(ratio, 'SavingsPlans', 'of the spend is covered by Savings Plans'),
  },
];

/** Holds a month's capacity to the plan. */
export function judgeCapacity(month: Month, answers: CapacityAnswers): Capacity {
  const judged = RULES.flatMap(({ name, of, judge }) => {
    const ratio = ratioOf(name, shareOf(of(answers), month));
    return ratio === undefined ? [] : [{ ratio, finding: judge(ratio) }];
  });
  const compute = purchaseRatios(month, answers.purchaseTypes);
  const onDemand = compute.find(({ name }) => name === ON_DEMAND);
  const findings = [...judged.map(({ finding }) => finding), onDemandFinding(onDemand)];
  return {
    ratios: [...judged.map(({ ratio }) => ratio), ...compute],
    findings: findings.filter((finding) => finding !== undefined),
  };
}

const ON_DEMAND = 'Compute: On Demand Instances';

function shareOf(answer: CostAnswer | undefined, month: Month): Share | undefined {
  if (answer?.kind !== 'shares') return undefined;
  return answer.shares.find(({ start }) => start === firstDay(month));
}

function ratioOf(name: string, share: Share | undefined): Ratio | undefined {
  if (share === undefined) return undefined;
  const [part, whole] = [parseMoney(share.part), parseMoney(share.whole)];
  const percent = percentHundredths(part, whole);
  return percent === undefined ? undefined : { name, part, whole, percent };
}

/** The cost of each way of buying compute, as a part of all compute. */
function purchaseRatios(month: Month, answer: CostAnswer | undefined): readonly Ratio[] {
  if (answer?.kind !== 'costs') return [];
  const period = answer.periods.find(({ start }) => start === firstDay(month));
  const groups = (period?.groups ?? []).map(({ keys, currency, amount }) => ({
    name: `Compute: ${keys[0] ?? ''}`,
    currency,
    part: parseMoney(amount),
  }));
  // Shares of several currencies mean nothing.
  if (new Set(groups.map(({ currency }) => currency)).size > 1) return [];
  const whole = sum(groups.map(({ part }) => part));
  return groups.flatMap(({ name, part }) => {
    const percent = percentHundredths(part, whole);
    return percent === undefined ? [] : [{ name, part, whole, percent }];
  });
}

function unused({ part, whole, percent }: Ratio, code: string, what: string): Finding | undefined {
  if (percent >= PLAN.leastUsed) return undefined;
  return {
    code,
    severity: 'warning',
    sentence: `Only ${percentText(percent)} % ${what} got used, ${roundedMoney(whole - part)} of ${roundedMoney(whole)} did not: reserve less when it ends`,
  };
}

function covered({ percent }: Ratio, code: string, what: string): Finding | undefined {
  if (percent < PLAN.leastCovered) {
    return {
      code: `${code}BelowBase`,
      severity: 'info',
      sentence: `Only ${percentText(percent)} % ${what}: what runs all month is the base, reserve it`,
    };
  }
  if (percent <= PLAN.mostCovered) return undefined;
  return {
    code: `${code}AboveBase`,
    severity: 'info',
    sentence: `${percentText(percent)} % ${what}, more than the base: leave the peaks to Spot`,
  };
}

function onDemandFinding(ratio: Ratio | undefined): Finding | undefined {
  if (ratio === undefined || ratio.percent <= PLAN.mostOnDemand) return undefined;
  return {
    code: 'OnDemandAbovePlan',
    severity: 'warning',
    sentence: `${percentText(ratio.percent)} % of compute costs run on demand, over ${percentText(PLAN.mostOnDemand)} %: only bursts should, move peaks to Spot and the base to reserved capacity`,
  };
}
