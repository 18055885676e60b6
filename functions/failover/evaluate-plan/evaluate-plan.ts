import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { array, looseObject, object, string } from 'valibot';
import type { Plan } from '../plan.ts';
import type { Check } from '../steps/step-kind.ts';
import type { TrailEntry } from '../trail.ts';

/** The key of the last warnings: no plan's name, for a plan that cannot be read has none. */
export const WARNINGS_KEY = { failoverId: 'plan', entryId: 'warnings' };

const DAY_MS = 86_400_000;
const MAX_WARNINGS = 50;

/** The event that asks for an evaluation: the schedule's, or CloudFormation's that the stack has changed. */
export const EvaluatePlanSchema = object({
  source: string(),
  time: string(),
  detail: looseObject({}),
});

/** A pre-condition that does not hold, now that nobody acts. */
export interface PlanWarning {
  readonly scenario: string;
  /** Such as `1-2`, the second step of the first wave; empty for the plan as a whole. */
  readonly stepId: string;
  readonly check: string;
  readonly detail: string;
}

/** The age of a scenario's last drill, in days; since it first had game days if it never was drilled. */
export interface DrillAge {
  readonly scenario: string;
  readonly days: number;
}

/** Every check that does not hold, as a warning. */
export function warningsOf(
  scenario: string,
  stepId: string,
  checks: readonly Check[],
): readonly PlanWarning[] {
  return checks
    .filter(({ ok }) => !ok)
    .map(({ name, detail }) => ({ scenario, stepId, check: name, detail }));
}

/**
 * Warns of alarms that the plan names and nobody has made, or that verification would wait for in vain.
 * @param isFresh Whether the stack has just changed: alarms that came with it have no data yet.
 */
export function alarmWarnings(
  plan: Plan,
  states: ReadonlyMap<string, string>,
  isFresh: boolean,
): readonly PlanWarning[] {
  const absent = alarmsOf(plan).filter((name) => !states.has(name));
  const silent = verifyingAlarms(plan).filter(
    (name) => !isFresh && states.get(name) === 'INSUFFICIENT_DATA',
  );
  const ofPlan = (check: string) => (detail: string) => ({
    scenario: '',
    stepId: '',
    check,
    detail,
  });
  return [
    ...absent.map((name) => `There is no alarm ${name}`).map(ofPlan('alarm-exists')),
    ...silent
      .map((name) => `${name} is INSUFFICIENT_DATA; verification waits until it is OK`)
      .map(ofPlan('verification-alarm')),
  ];
}

/** All alarms that the plan names. */
export function alarmsOf(
  plan: Pick<Plan, 'applicationHealthAlarms' | 'triggers' | 'scenarios'>,
): readonly string[] {
  const triggering = plan.triggers.flatMap((one) => ('alarm' in one ? [one.alarm] : []));
  return [...new Set([...verifyingAlarms(plan), ...triggering])];
}

/** The alarms that the verification of one scenario or another asks. */
function verifyingAlarms({
  applicationHealthAlarms,
  scenarios,
}: Pick<Plan, 'applicationHealthAlarms' | 'scenarios'>): readonly string[] {
  const own = Object.values(scenarios).flatMap((one) => one.applicationHealthAlarms ?? []);
  return [...new Set([...applicationHealthAlarms, ...own])];
}

/**
 * The age of the last drill of each scenario that has game days, from what the table keeps of the plan:
 * `drill#<scenario>`, and `drilled-since#<scenario>` for those that were never drilled.
 */
export function drillAges(
  { drilledScenarios }: Plan,
  kept: readonly TrailEntry[],
  now: Date,
): readonly DrillAge[] {
  const at = (id: string) => kept.find(({ entryId }) => entryId === id)?.at;
  return drilledScenarios.map((scenario) => {
    const since = at(`drill#${scenario}`) ?? at(drilledSince(scenario)) ?? now.toISOString();
    return { scenario, days: Math.max(0, (now.getTime() - Date.parse(since)) / DAY_MS) };
  });
}

/** The entry that says since when a scenario has had game days. */
export function drilledSince(scenario: string): string {
  return `drilled-since#${scenario}`;
}

/** Warns of drills that are older than the plan wants. */
export function drillWarnings(
  { drillEveryDays }: Plan,
  ages: readonly DrillAge[],
): readonly PlanWarning[] {
  return ages
    .filter(({ days }) => days > drillEveryDays)
    .map(({ scenario, days }) => ({
      scenario,
      stepId: '',
      check: 'drill-recent',
      detail: `The last drill is ${Math.floor(days)} days old, of at most ${drillEveryDays}`,
    }));
}

/** The stack's last warnings as they are kept, by `nameOf`. */
export const KeptWarningsSchema = object({ names: array(string()) });

/** The identity of a warning from one evaluation to the next: its detail holds times and lags. */
export function nameOf({ scenario, stepId, check }: PlanWarning): string {
  return [scenario || 'plan', stepId, check].filter((part) => part !== '').join(' ');
}

/** The difference between the warnings and those of the evaluation before. */
export function changesOf(
  kept: readonly string[],
  warnings: readonly PlanWarning[],
): { readonly came: readonly string[]; readonly went: readonly string[] } {
  const names = warnings.map(nameOf);
  return {
    came: [...new Set(names)].filter((name) => !kept.includes(name)),
    went: kept.filter((name) => !names.includes(name)),
  };
}

/** Keeps the warnings for the next evaluation, unless a later one has kept its own already. */
export function warningsPut(
  tableName: string,
  at: string,
  warnings: readonly PlanWarning[],
): PutCommandInput {
  return {
    TableName: tableName,
    Item: { ...WARNINGS_KEY, at, names: [...new Set(warnings.map(nameOf))] },
    ConditionExpression: 'attribute_not_exists(entryId) OR #at < :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': at },
  };
}

/** The PlanEvaluated event; at most the first fifty warnings, and how many there are. */
export function planEvaluated(
  eventBusName: string,
  plan: string,
  evaluatedAt: string,
  warnings: readonly PlanWarning[],
): PutEventsRequestEntry {
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.dr',
    DetailType: 'PlanEvaluated',
    Detail: JSON.stringify({
      version: 1,
      plan,
      evaluatedAt: new Date(evaluatedAt).toISOString(),
      warningCount: warnings.length,
      warnings: warnings.slice(0, MAX_WARNINGS).map(({ detail, ...warning }) => ({
        ...warning,
        detail: detail.slice(0, 500),
      })),
    }),
  };
}
