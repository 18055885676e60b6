import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type Failover, type FailoverStep, stepsOf } from '../failover.ts';
import {
  beforesOf,
  changesOfStep,
  claimantOf,
  endOfStep,
  failoverOf,
  lockOf,
} from '../report/trail-folds.ts';
import { type ChangeAction, changeId, modeOf, type StepChange } from '../step-changes.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { CLOSING, entryPut, STEP_ENDS, type TrailEntry } from '../trail.ts';

/** The step that is under way, where an operator names none. */
export const RUNNING = 'running';

/** What an operator asks for. */
export interface StepRequest {
  /** A step's id, or `running`. */
  readonly stepId: string;
  readonly action: ChangeAction;
}

/** The permission by the trail; `at` is what the write is conditional on. */
export type ChangeVerdict =
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'known'; readonly change: StepChange }
  | {
      readonly kind: 'allowed';
      readonly stepId: string;
      readonly effect: string;
      readonly executionArn: string;
      readonly fencing: number;
      /** The lock that stands for all of the run's. */
      readonly target: string;
    };

/** Says whether a step may be changed, as the trail has it. */
export function judgeChange(
  trail: readonly TrailEntry[],
  { stepId: asked, action }: StepRequest,
): ChangeVerdict {
  const [failover, executionArn, lock] = [failoverOf(trail), claimantOf(trail), lockOf(trail)];
  if (failover === undefined || executionArn === undefined) {
    return { kind: 'unknown', message: 'There is no such failover: see "signalbox failovers"' };
  }
  if (has(trail, CLOSING)) return refused('The failover has ended');
  const [target] = lock?.targets ?? [];
  if (lock === undefined || target === undefined) {
    return refused('The failover changes nothing: it has no lock (yet), or is a dry run');
  }
  const step = asked === RUNNING ? onlyRunning(failover, trail) : stepNamed(failover, asked);
  if (typeof step === 'string') return { kind: 'unknown', message: step };
  const { stepId } = step;
  const known = changesOfStep(trail, stepId)[action];
  if (known !== undefined) return { kind: 'known', change: known };
  const reason = keptFrom(trail, failover, step, action);
  if (reason !== undefined) return refused(`Step ${stepId}: ${reason}`);
  const effect = action === 'skip' ? 'the run goes on without it' : effectOf(step);
  return { kind: 'allowed', stepId, effect, executionArn, fencing: lock.fencing, target };
}

function refused(message: string): ChangeVerdict {
  return { kind: 'refused', message };
}

/** Why a step takes no such change; undefined where it does. */
function keptFrom(
  trail: readonly TrailEntry[],
  { mode }: Failover,
  step: FailoverStep,
  action: ChangeAction,
): string | undefined {
  const { stepId } = step;
  const over = endOfStep(trail, stepId);
  if (over !== undefined) return `It is ${over} already`;
  if (action === 'skip') return stepKindOf(step).needed;
  if (modeOf(mode, changesOfStep(trail, stepId)) === 'ungraceful')
    return 'It is ungraceful already';
  return effectOf(step) === ''
    ? 'An ungraceful run does the same: skip it, wait, or stop the run'
    : undefined;
}

function effectOf(step: FailoverStep): string {
  return stepKindOf(step).ungraceful(step) ?? '';
}

function stepNamed(failover: Failover, stepId: string): FailoverStep | string {
  const steps = stepsOf(failover);
  const ids = steps.map((step) => `${step.stepId} (${step.kind})`).join(', ');
  return (
    steps.find((step) => step.stepId === stepId) ??
    `The failover has no step ${stepId}; it has ${ids}`
  );
}

function onlyRunning(failover: Failover, trail: readonly TrailEntry[]): FailoverStep | string {
  const begun = beforesOf(trail).map(({ stepId }) => stepId);
  const running = stepsOf(failover).filter(
    ({ stepId }) => begun.includes(stepId) && endOfStep(trail, stepId) === undefined,
  );
  const [step, another] = running;
  if (step === undefined) return 'No step is under way now: name one';
  if (another === undefined) return step;
  const ids = running.map(({ stepId, kind }) => `${stepId} (${kind})`).join(', ');
  return `Several steps are under way: name one of ${ids}`;
}

function has(trail: readonly TrailEntry[], id: string): boolean {
  return trail.some(({ entryId }) => entryId === id);
}

/**
 * Writes an operator's change, as long as the run holds its lock, its end is not being written down, and the
 * step is not over: else nothing.
 */
export function changeTransaction(
  tables: { readonly failovers: string; readonly locks: string },
  failoverId: string,
  change: StepChange,
  hold: { readonly target: string; readonly executionArn: string; readonly fencing: number },
): TransactWriteCommandInput {
  const entryId = changeId(change.stepId, change.action);
  const absent = (id: string) => ({
    ConditionCheck: {
      TableName: tables.failovers,
      Key: { failoverId, entryId: id },
      ConditionExpression: 'attribute_not_exists(entryId)',
    },
  });
  return {
    TransactItems: [
      { Put: entryPut(tables.failovers, { failoverId, entryId, ...change }) },
      ...[CLOSING, ...STEP_ENDS.map((word) => `${word}#${change.stepId}`)].map(absent),
      {
        ConditionCheck: {
          TableName: tables.locks,
          Key: { target: hold.target },
          ConditionExpression: 'holder = :holder AND fencing = :fencing',
          ExpressionAttributeValues: { ':holder': hold.executionArn, ':fencing': hold.fencing },
        },
      },
    ],
  };
}
