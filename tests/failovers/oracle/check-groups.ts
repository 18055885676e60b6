import { boolean, looseObject, number, object, record, safeParse, string } from 'valibot';
import { type ReadFailover, readFailovers } from './folds.ts';
import type { Observation } from './observation.ts';

const ShownSchema = record(
  string(),
  record(
    string(),
    looseObject({
      desired: number(),
      min: number(),
      max: number(),
      inService: number(),
      pending: number(),
    }),
  ),
);

const GroupStepSchema = object({
  kind: string(),
  group: string(),
});

const BeforeGroupSchema = looseObject({
  isFound: boolean(),
  maxSize: number(),
  desiredCapacity: number(),
});

/** Faults that take instances away. */
const TAKES_INSTANCES = ['application', 'region-application'];

/** Says where a group was scaled in, or keeps a MaxSize that a run had raised and taken back. */
export function checkGroups(observation: Observation): readonly string[] {
  const before = safeParse(ShownSchema, observation.before['auto-scaling']);
  const after = safeParse(ShownSchema, observation.after['auto-scaling']);
  if (!(before.success && after.success)) return ['The groups are not shown as they should be'];
  const losesInstances = observation.broken.some((fault) => TAKES_INSTANCES.includes(fault));
  return Object.entries(before.output).flatMap(([region, groups]) =>
    Object.entries(groups).flatMap(([name, was]) => {
      const is = after.output[region]?.[name];
      if (is === undefined) return [`${region}/${name} is gone`];
      const wasAlive = was.inService + was.pending;
      const isAlive = is.inService + is.pending;
      return [
        ...(is.min === was.min ? [] : [`${region}/${name} has another MinSize`]),
        ...(is.desired < was.desired
          ? [`${region}/${name} was scaled in: ${was.desired} to ${is.desired}`]
          : []),
        ...(isAlive < wasAlive && !losesInstances
          ? [`${region}/${name} lost instances: ${wasAlive} to ${isAlive}`]
          : []),
        ...maxSizeWrongs(observation, `auto-scaling:${region}:${name}`, was, is),
      ];
    }),
  );
}

interface Sizes {
  readonly desired: number;
  readonly max: number;
}

/** If the last run that had the group is rolled back, MaxSize is as that run found it, or as what lives needs. */
function maxSizeWrongs(
  observation: Observation,
  target: string,
  was: Sizes,
  is: Sizes,
): readonly string[] {
  const changers = readFailovers(observation).filter((failover) =>
    observation.facts.some(
      (fact) =>
        fact.kind === 'change' &&
        fact.executionArn === failover.executionArn &&
        fact.targets.includes(target),
    ),
  );
  if (changers.length === 0) {
    return is.max === was.max && is.desired === was.desired
      ? []
      : [`${target} was changed by nobody`];
  }
  if (changers.some(({ record: closing }) => closing?.outcome !== 'rolled-back')) return [];
  const found = Math.max(was.max, ...changers.map((one) => foundMaxSize(one, target)));
  const wanted = Math.max(found, is.desired);
  return is.max === wanted ? [] : [`${target} keeps MaxSize ${is.max} in place of ${wanted}`];
}

function foundMaxSize({ befores, failover }: ReadFailover, target: string): number {
  const steps = failover?.waves.flatMap((wave) => wave.steps) ?? [];
  const found = befores.flatMap(({ stepId, before }) => {
    const step = safeParse(
      GroupStepSchema,
      steps.find((one) => one.stepId === stepId),
    );
    const isIt = step.success && target.endsWith(`:${step.output.group}`);
    const state = safeParse(BeforeGroupSchema, before);
    return isIt && state.success ? [state.output.maxSize] : [];
  });
  return Math.max(0, ...found);
}
