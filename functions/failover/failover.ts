import {
  array,
  boolean,
  type InferOutput,
  looseObject,
  minLength,
  number,
  object,
  optional,
  picklist,
  pipe,
  string,
} from 'valibot';
import type { Clients } from './clients.ts';
import type { StepRun } from './steps/step-kind.ts';

/** A step of a run: the plan's, with its id (`<wave>-<step>`, both from 1) and the request's wishes. */
export const FailoverStepSchema = looseObject({
  stepId: string(),
  kind: string(),
  timeoutSeconds: number(),
  waitSeconds: number(),
});

/**
 * The plan of a run: made once at its start, and the same to its end whatever becomes of the
 * parameter.
 */
export const FailoverSchema = object({
  failoverId: string(),
  scenario: string(),
  mode: picklist(['graceful', 'ungraceful']),
  kind: picklist(['real', 'drill', 'dry-run']),
  origin: picklist(['operator', 'schedule', 'alarm', 'rds', 'health']),
  isAutomatic: boolean(),
  reason: string(),
  requestedBy: string(),
  detectedAt: string(),
  failedInstance: optional(string()),
  /** The alarm that started the run, where one did. */
  alarm: optional(string()),
  plan: string(),
  objectives: object({ recoveryTimeSeconds: number(), recoveryPointSeconds: number() }),
  cooldownMinutes: number(),
  approval: object({ isRequired: boolean(), timeoutSeconds: number() }),
  verification: object({
    alarms: array(string()),
    healthUrl: optional(string()),
    /** The header of its answer that has to name the run's own Region, where the run moves traffic. */
    healthRegionHeader: optional(string()),
    timeoutSeconds: number(),
  }),
  /** The names of all locks that the run needs, the plan's first: nothing is done without one. */
  targets: pipe(array(string()), minLength(1)),
  waves: array(object({ name: string(), steps: array(FailoverStepSchema) })),
});

/** The plan of a run. */
export type Failover = InferOutput<typeof FailoverSchema>;

/** A step of a run. */
export type FailoverStep = InferOutput<typeof FailoverStepSchema>;

/** The run's lock, as its functions hand it on. */
export const LockSchema = object({ fencing: number() });

/** The input of every function of a step; `now` in ISO 8601. */
export const stepTaskFields = {
  failover: FailoverSchema,
  step: FailoverStepSchema,
  executionArn: string(),
  now: string(),
};

/** All steps of a run, wave after wave. */
export function stepsOf({ waves }: Failover): readonly FailoverStep[] {
  return waves.flatMap(({ steps }) => steps);
}

/** The context of a step's run. */
export function toStepRun(
  clients: Clients,
  region: string,
  failover: Pick<Failover, 'failoverId' | 'mode'> & Partial<Failover>,
  times: { readonly now: string; readonly startedAt?: string | undefined },
): StepRun {
  const { failoverId, mode, failedInstance, alarm, origin } = failover;
  return {
    clients,
    region,
    failoverId,
    mode,
    failedInstance,
    alarm,
    isUnattended: origin === 'alarm' || origin === 'rds',
    now: new Date(times.now),
    startedAt: times.startedAt === undefined ? undefined : new Date(times.startedAt),
  };
}
