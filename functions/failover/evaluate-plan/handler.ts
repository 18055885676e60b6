import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'valibot';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { putEvents } from '../../shared/put-events.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { readAlarmStates } from '../alarm-states.ts';
import { openClients } from '../clients.ts';
import { InvalidPlanError } from '../errors.ts';
import { toStepRun } from '../failover.ts';
import { failoverMetric } from '../metrics.ts';
import { type Plan, parsePlan } from '../plan.ts';
import { readParameters } from '../settings.ts';
import { required } from '../steps/step-kind.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { appendEntry, readTrail } from '../trail.ts';
import {
  alarmsOf,
  alarmWarnings,
  changesOf,
  type DrillAge,
  drillAges,
  drilledSince,
  drillWarnings,
  EvaluatePlanSchema,
  KeptWarningsSchema,
  nameOf,
  type PlanWarning,
  planEvaluated,
  WARNINGS_KEY,
  warningsOf,
  warningsPut,
} from './evaluate-plan.ts';

const failoversTable = requiredVariable('FAILOVERS_TABLE');
const eventBusName = requiredVariable('EVENT_BUS_NAME');
const planParameter = requiredVariable('PLAN_PARAMETER');
const region = requiredVariable('AWS_REGION');
const clients = openClients();

/** Checks every pre-condition of every scenario without acting, and warns of those that do not hold. */
export const handler = taskHandler({
  input: EvaluatePlanSchema,
  correlationId: ({ source }) => source,
  run: async ({ source, time }) => {
    const plan = await readPlan();
    const warnings =
      plan instanceof InvalidPlanError
        ? [{ scenario: '', stepId: '', check: 'plan-valid', detail: plan.message }]
        : await evaluate(plan, time, source === 'aws.cloudformation');
    await tellOfWarnings(warnings, time);
    const name = plan instanceof InvalidPlanError ? 'unreadable' : plan.name;
    await putEvents([planEvaluated(eventBusName, name, time, warnings)]);
    logger.info('Plan evaluated', { warnings: warnings.length });
    failoverMetric('PlanEvaluations', 1);
    return { plan: name, warnings };
  },
});

/** Logs each warning; the alarms hear how many there are, and how many came since the last evaluation. */
async function tellOfWarnings(warnings: readonly PlanWarning[], at: string): Promise<void> {
  const kept = await readItem(failoversTable, WARNINGS_KEY, KeptWarningsSchema);
  const { came, went } = changesOf(kept?.names ?? [], warnings);
  for (const warning of warnings) {
    logger.warn('Plan warning', { ...warning, isNew: came.includes(nameOf(warning)) });
  }
  if (went.length > 0) logger.info('Plan warnings are gone', { went });
  failoverMetric('PlanWarnings', warnings.length);
  failoverMetric('NewPlanWarnings', came.length);
  try {
    await documents.send(new PutCommand(warningsPut(failoversTable, at, warnings)));
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
}

async function readPlan(): Promise<Plan | InvalidPlanError> {
  try {
    const [text = ''] = await readParameters([planParameter]);
    return parsePlan(text, region);
  } catch (error) {
    if (error instanceof InvalidPlanError) return error;
    throw error;
  }
}

async function evaluate(
  plan: Plan,
  time: string,
  isFresh: boolean,
): Promise<readonly PlanWarning[]> {
  const [steps, states, ages] = await Promise.all([
    Promise.all(Object.keys(plan.scenarios).map((name) => scenarioWarnings(plan, name, time))),
    readAlarmStates(clients.cloudWatch(region), alarmsOf(plan)),
    readAges(plan, time),
  ]);
  for (const { scenario, days } of ages)
    failoverMetric('DrillAgeDays', days, { Scenario: scenario });
  return [...steps.flat(), ...alarmWarnings(plan, states, isFresh), ...drillWarnings(plan, ages)];
}

async function scenarioWarnings(
  plan: Plan,
  scenario: string,
  time: string,
): Promise<readonly PlanWarning[]> {
  const waves = plan.scenarios[scenario]?.waves ?? [];
  const found = waves.flatMap(({ steps }, wave) =>
    steps.map(async (step, index) => {
      const stepId = `${wave + 1}-${index + 1}`;
      return warningsOf(scenario, stepId, await checksOf(step, time));
    }),
  );
  return (await Promise.all(found)).flat();
}

/** Judged as for a graceful run, which wants the most. */
async function checksOf(
  planned: Plan['scenarios'][string]['waves'][number]['steps'][number],
  now: string,
) {
  const kind = stepKindOf(planned);
  const step = parse(kind.schema, planned);
  const run = toStepRun(clients, region, { failoverId: 'evaluation', mode: 'graceful' }, { now });
  try {
    return kind.judge(step, await kind.stateOf(step, run, 'judge'), run).checks;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [required('state-readable', false, reason)];
  }
}

async function readAges(plan: Plan, time: string): Promise<readonly DrillAge[]> {
  const failoverId = `plan:${plan.name}`;
  await Promise.all(
    plan.drilledScenarios.map((scenario) =>
      appendEntry(failoversTable, { failoverId, entryId: drilledSince(scenario), at: time }),
    ),
  );
  return drillAges(plan, await readTrail(failoversTable, failoverId), new Date(time));
}
