import { object, parse, string } from 'valibot';
import { InvalidFailoverRequestError, UnknownScenarioError } from '../errors.ts';
import { type Failover, type FailoverStep, FailoverStepSchema } from '../failover.ts';
import { type Plan, parsePlan } from '../plan.ts';
import { EventSchema, readRequest } from '../read-request.ts';
import type { FailoverRequest } from '../request.ts';
import { stepKindOf } from '../steps/step-kinds.ts';

/** The input from the workflow: the whole event. */
export const PrepareFailoverSchema = object({ event: EventSchema, executionArn: string() });

/** The two parameters that say what may be done. */
export interface FailoverOptions {
  /** The plan's JSON text. */
  readonly plan: string;
  /** The kill switch of automatic starts: `enabled`, or anything else for off. */
  readonly automaticFailover: string;
}

/** Whether a run starts, and with what. */
export type Preparation =
  | { readonly decision: 'start'; readonly failover: Failover }
  | {
      readonly decision: 'suppressed';
      readonly failover: { readonly failoverId: string; readonly scenario: string };
      readonly reason: string;
    };

/**
 * Decides what an event comes to.
 * @throws {InvalidFailoverRequestError} When it asks for nothing that can be understood.
 * @throws {UnknownScenarioError} When the plan has no such scenario.
 * @throws {InvalidPlanError} When the plan cannot be read.
 */
export function prepareFailover(
  event: Parameters<typeof readRequest>[0],
  options: FailoverOptions,
  region: string,
): Preparation {
  const plan = parsePlan(options.plan, region);
  const read = readRequest(event, plan, region);
  if (read.kind === 'nothing') return suppressed(read.failoverId, 'none', read.why);
  const failover = toFailover(plan, read.request, region);
  if (failover.isAutomatic && options.automaticFailover !== 'enabled') {
    return suppressed(failover.failoverId, failover.scenario, 'Automatic failovers are disabled');
  }
  return { decision: 'start', failover };
}

/** The longest reason that events carry. */
const MAX_REASON = 1_000;

/** The reason as people read it before they approve, and in the report: with what is left out. */
function reasonWithout(reason: string, skipWaves: readonly string[]): string {
  if (skipWaves.length === 0) return reason;
  const without = ` (without ${skipWaves.join(', ')})`;
  return `${reason.slice(0, MAX_REASON - without.length)}${without}`;
}

function suppressed(failoverId: string, scenario: string, reason: string): Preparation {
  return { decision: 'suppressed', failover: { failoverId, scenario }, reason };
}

function toFailover(plan: Plan, request: FailoverRequest, region: string): Failover {
  const { targetInstance: _, desiredCapacity: __, skipWaves = [], ...rest } = request;
  const waves = wavesFor(plan, request);
  const targets = waves.flatMap(({ steps }) =>
    steps.flatMap((step) => stepKindOf(step).targetsOf(step, region)),
  );
  return {
    ...rest,
    reason: reasonWithout(request.reason, skipWaves),
    isAutomatic: isAutomatic(request),
    plan: plan.name,
    objectives: {
      recoveryTimeSeconds: plan.recoveryTimeObjectiveSeconds,
      recoveryPointSeconds: plan.recoveryPointObjectiveSeconds,
    },
    cooldownMinutes: plan.cooldownMinutes,
    approval: {
      isRequired: isApprovalRequired(plan, request),
      timeoutSeconds: plan.approval.timeoutSeconds,
    },
    verification: {
      alarms:
        plan.scenarios[request.scenario]?.applicationHealthAlarms ?? plan.applicationHealthAlarms,
      healthUrl: plan.healthUrl,
      ...(movesTraffic(waves) && plan.healthRegionHeader !== undefined
        ? { healthRegionHeader: plan.healthRegionHeader }
        : {}),
      timeoutSeconds: plan.verificationTimeoutSeconds,
    },
    targets: [...new Set([`plan:${plan.name}`, ...targets])],
    waves,
  };
}

/** Whether clients are to be served by another Region afterwards. */
function movesTraffic(waves: Failover['waves']): boolean {
  const kinds = waves.flatMap(({ steps }) => steps.map(({ kind }) => kind));
  return kinds.includes('routing-controls') || kinds.includes('health-check-object');
}

function isAutomatic({ origin }: FailoverRequest): boolean {
  return origin === 'alarm' || origin === 'rds' || origin === 'health';
}

function isApprovalRequired({ approval }: Plan, request: FailoverRequest): boolean {
  if (request.kind === 'dry-run') return false;
  // An event of AWS Health says what may be wrong and not that anything is: a person decides.
  if (request.origin === 'health') return true;
  if (isAutomatic(request)) return approval.automatic === 'required';
  return approval[request.kind] === 'required';
}

function wavesFor(plan: Plan, request: FailoverRequest): Failover['waves'] {
  const { scenario, targetInstance, desiredCapacity } = request;
  const waves = Object.hasOwn(plan.scenarios, scenario)
    ? plan.scenarios[scenario]?.waves
    : undefined;
  if (waves === undefined) {
    throw new UnknownScenarioError(
      `The plan has no scenario "${scenario}": it has ${Object.keys(plan.scenarios).join(', ')}`,
    );
  }
  const kinds = waves.flatMap(({ steps }) => steps.map(({ kind }) => kind));
  if (targetInstance !== undefined && !kinds.includes('aurora-cluster')) {
    throw new InvalidFailoverRequestError(`Scenario "${scenario}" takes no targetInstance`);
  }
  if (desiredCapacity !== undefined && !kinds.includes('auto-scaling-group')) {
    throw new InvalidFailoverRequestError(`Scenario "${scenario}" takes no desiredCapacity`);
  }
  const all = waves.map(({ name, steps }, wave) => ({
    name,
    // A step has the same id whatever is left out before it.
    steps: steps.map((step, index) => toStep(step, `${wave + 1}-${index + 1}`, request)),
  }));
  return withoutSkipped(all, request);
}

function withoutSkipped(
  waves: Failover['waves'],
  { scenario, skipWaves = [] }: FailoverRequest,
): Failover['waves'] {
  const names = waves.map(({ name }) => name);
  const unknown = skipWaves.filter((name) => !names.includes(name));
  const left = waves.filter(({ name }) => !skipWaves.includes(name));
  if (unknown.length > 0 || left.length === 0) {
    throw new InvalidFailoverRequestError(
      unknown.length > 0
        ? `Scenario "${scenario}" has no wave ${unknown.join(', ')}: it has ${names.join(', ')}`
        : `Nothing is left of scenario "${scenario}" without ${skipWaves.join(', ')}`,
    );
  }
  return left;
}

/** The step with every default written out, and with what the request asks for in place of the plan's. */
function toStep(
  step: { readonly kind: string },
  stepId: string,
  { targetInstance, desiredCapacity }: FailoverRequest,
): FailoverStep {
  const isCluster = step.kind === 'aurora-cluster' && targetInstance !== undefined;
  const isGroup = step.kind === 'auto-scaling-group' && desiredCapacity !== undefined;
  const wished = {
    ...step,
    stepId,
    ...(isCluster ? { targetInstance } : {}),
    ...(isGroup ? { desiredCapacity } : {}),
  };
  return parse(FailoverStepSchema, parse(stepKindOf(step).schema, wished));
}
