import {
  array,
  check,
  type InferOutput,
  integer,
  literal,
  looseObject,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  record,
  regex,
  safeParse,
  strictObject,
  string,
  union,
  url,
} from 'valibot';
import { parseJson } from '../shared/parse-json.ts';
import { inputProblems, problemsText } from '../shared/problems.ts';
import { InvalidPlanError } from './errors.ts';
import { findStepKind, STEP_KIND_NAMES, stepKindOf } from './steps/step-kinds.ts';

/** The checks of steps that fit an execution's history of 25,000 events, ten events each. */
const MAX_OBSERVATIONS = 1_500;

/** The part of the workflow's time budget for all waves of a scenario together. */
const MAX_WAVES_SECONDS = 7_200;

const NameSchema = pipe(string(), regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, 'Is not a name'));
const SecondsSchema = (least: number, most: number) =>
  pipe(number(), integer(), minValue(least), maxValue(most));
const ModeSchema = picklist(['graceful', 'ungraceful']);
const AlarmsSchema = pipe(array(pipe(string(), minLength(1))), maxLength(20));
const ApprovalPolicySchema = picklist(['required', 'not-required']);

/** The alarms and events that start a scenario by themselves. */
const TriggerSchema = union([
  strictObject({ alarm: pipe(string(), minLength(1)), scenario: NameSchema, mode: ModeSchema }),
  strictObject({
    /** A cluster's identifier, with which and `-` its instances' identifiers begin; and RDS's own event ids. */
    rds: strictObject({
      source: pipe(string(), minLength(1)),
      events: pipe(array(string()), minLength(1)),
    }),
    scenario: NameSchema,
    mode: ModeSchema,
  }),
  strictObject({
    /** Which of the resources that an event of AWS Health may name are the plan's, as they begin. */
    health: strictObject({
      service: pipe(string(), minLength(1)),
      eventTypeCodes: pipe(array(string()), minLength(1)),
      entities: pipe(array(pipe(string(), minLength(1))), minLength(1)),
    }),
    scenario: NameSchema,
    mode: ModeSchema,
  }),
]);

const StepSchema = pipe(
  looseObject({ kind: string() }),
  check(
    ({ kind }) => findStepKind(kind) !== undefined,
    `Is none of the kinds ${STEP_KIND_NAMES.join(', ')}`,
  ),
);

const WaveSchema = strictObject({
  name: NameSchema,
  steps: pipe(array(StepSchema), minLength(1, 'Is empty'), maxLength(10)),
});

const PlanSchema = strictObject({
  version: literal(1),
  name: NameSchema,
  peerRegion: optional(string()),
  recoveryTimeObjectiveSeconds: SecondsSchema(60, 604_800),
  recoveryPointObjectiveSeconds: SecondsSchema(0, 604_800),
  cooldownMinutes: SecondsSchema(0, 1_440),
  drillEveryDays: SecondsSchema(1, 366),
  /** Which scenarios have game days: a drill of these may become overdue. */
  drilledScenarios: optional(array(NameSchema), []),
  approval: strictObject({
    real: ApprovalPolicySchema,
    drill: ApprovalPolicySchema,
    automatic: ApprovalPolicySchema,
    timeoutSeconds: SecondsSchema(60, 86_400),
  }),
  applicationHealthAlarms: AlarmsSchema,
  healthUrl: optional(pipe(string(), url('Is not a URL'))),
  /** The header in which the health page names the Region that serves it. */
  healthRegionHeader: optional(pipe(string(), regex(/^[A-Za-z0-9-]{1,64}$/, 'Is not a header'))),
  verificationTimeoutSeconds: optional(SecondsSchema(30, 1_200), 600),
  triggers: pipe(array(TriggerSchema), maxLength(20)),
  scenarios: record(
    NameSchema,
    strictObject({
      /** The alarms that have to be OK after this scenario, in place of the plan's. */
      applicationHealthAlarms: optional(AlarmsSchema),
      waves: pipe(array(WaveSchema), minLength(1, 'Is empty'), maxLength(6)),
    }),
  ),
});

/** A plan as it was written: steps are read by their kinds. */
export type Plan = InferOutput<typeof PlanSchema>;

/** A scenario's wave. */
export type Wave = InferOutput<typeof WaveSchema>;

/**
 * Reads a plan from its JSON text, and everything that is wrong with it.
 * @param region The Region of the run, which some targets' names carry.
 * @throws {InvalidPlanError} When anything is.
 */
export function parsePlan(text: string, region: string): Plan {
  const json = parseJson(text);
  if (json === undefined) throw invalid('It is not JSON');
  const parsed = safeParse(PlanSchema, json);
  if (!parsed.success) throw invalid(problemsText(inputProblems(parsed.issues)));
  const plan = parsed.output;
  const problems = [
    ...Object.entries(plan.scenarios).flatMap(([name, { waves }]) => [
      ...waves.flatMap((wave, index) =>
        waveProblems(wave, `scenarios.${name}.waves[${index}]`, region),
      ),
      ...budgetProblems(waves, `scenarios.${name}`),
    ]),
    ...plan.triggers.flatMap(({ scenario }, index) =>
      scenarioProblems(plan, scenario, `triggers[${index}].scenario`),
    ),
    ...plan.drilledScenarios.flatMap((scenario, index) =>
      scenarioProblems(plan, scenario, `drilledScenarios[${index}]`),
    ),
  ];
  if (problems.length > 0) throw invalid(problems.join('; '));
  return plan;
}

function scenarioProblems({ scenarios }: Plan, name: string, path: string): readonly string[] {
  return Object.hasOwn(scenarios, name) ? [] : [`${path}: There is no scenario ${name}`];
}

/** Steps of one wave run side by side, so that no two may have the same target. */
function waveProblems({ steps }: Wave, path: string, region: string): readonly string[] {
  const problems = steps.flatMap((step, index) => stepProblems(step, `${path}.steps[${index}]`));
  if (problems.length > 0) return problems;
  const targets = steps.flatMap((step) => stepKindOf(step).targetsOf(step, region));
  const twice = targets.filter((target, index) => targets.indexOf(target) !== index);
  return twice.map((target) => `${path}: Two steps change ${target} at once`);
}

function stepProblems(step: Wave['steps'][number], path: string): readonly string[] {
  const parsed = safeParse(stepKindOf(step).schema, step);
  if (parsed.success) return [];
  return inputProblems(parsed.issues).map((one) => `${path}.${one.path}: ${one.message}`);
}

function budgetProblems(waves: readonly Wave[], path: string): readonly string[] {
  const times = waves.map(({ steps }) => steps.map(timesOf));
  const seconds = sum(times.map((wave) => Math.max(...wave.map((step) => step.timeoutSeconds))));
  const observations = sum(
    times.flat().map((step) => Math.ceil(step.timeoutSeconds / step.waitSeconds)),
  );
  return [
    ...(seconds > MAX_WAVES_SECONDS
      ? [`${path}: The waves may take ${seconds} s, which is more than ${MAX_WAVES_SECONDS} s`]
      : []),
    ...(observations > MAX_OBSERVATIONS
      ? [`${path}: The steps may be looked at ${observations} times, more than ${MAX_OBSERVATIONS}`]
      : []),
  ];
}

const TimesSchema = looseObject({ timeoutSeconds: number(), waitSeconds: number() });

/** The time limit of a step and the number of looks at it, its kind's defaults included. */
function timesOf(step: Wave['steps'][number]): InferOutput<typeof TimesSchema> {
  const timed = safeParse(TimesSchema, safeParse(stepKindOf(step).schema, step).output);
  return timed.success ? timed.output : { timeoutSeconds: 0, waitSeconds: 1 };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function invalid(reason: string): InvalidPlanError {
  return new InvalidPlanError(`Cannot read the plan: ${reason}`);
}
