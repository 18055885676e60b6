import { auroraCluster } from './aurora-cluster.ts';
import { auroraGlobalCluster } from './aurora-global-cluster.ts';
import { autoScalingGroup } from './auto-scaling-group.ts';
import { eventSourceMappings } from './event-source-mappings.ts';
import { healthCheckObject } from './health-check-object.ts';
import { lambdaFunction } from './lambda-function.ts';
import { routingControls } from './routing-controls.ts';
import type { StepKind } from './step-kind.ts';

/** Every kind of step: a new one is its file and one line here. */
const STEP_KINDS: readonly StepKind[] = [
  auroraCluster,
  auroraGlobalCluster,
  autoScalingGroup,
  routingControls,
  healthCheckObject,
  lambdaFunction,
  eventSourceMappings,
];

/** The kind of that name; undefined when there is none. */
export function findStepKind(kind: string): StepKind | undefined {
  return STEP_KINDS.find((one) => one.kind === kind);
}

/**
 * The kind of a step of a plan that was read.
 * @throws {RangeError} When there is none of its name, which reading the plan rules out.
 */
export function stepKindOf({ kind }: { readonly kind: string }): StepKind {
  const found = findStepKind(kind);
  if (found === undefined) throw new RangeError(`There is no step kind "${kind}"`);
  return found;
}

/** The names of all kinds. */
export const STEP_KIND_NAMES: readonly string[] = STEP_KINDS.map(({ kind }) => kind);
