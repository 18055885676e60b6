import { array, boolean, looseObject, object, safeParse, string } from 'valibot';
import { stepsOf } from '../../../functions/failover/failover.ts';
import {
  ClusterStateSchema,
  isWorking,
  statusOf,
  writerOf,
} from '../../../functions/failover/steps/cluster-state.ts';
import { stepKindOf } from '../../../functions/failover/steps/step-kinds.ts';
import { indexOfEntry, type ReadFailover, readFailovers } from './folds.ts';
import type { Fact, Observation } from './observation.ts';

type Change = Extract<Fact, { kind: 'change' }>;

/** Says which calls changed something, or tried to, before their run had leave to. */
export function checkChanges(observation: Observation): readonly string[] {
  const failovers = readFailovers(observation);
  const changes = observation.facts.filter((fact) => fact.kind === 'change');
  return changes.flatMap((change) => {
    const owner = failovers.find(
      ({ executionArn }) => executionArn !== undefined && executionArn === change.executionArn,
    );
    if (owner === undefined) return [`${change.call} was called by no failover`];
    const wrongs = [
      ...wrongsOf(change, owner, observation.facts),
      ...lateWrongs(change, owner, observation),
    ];
    return wrongs.map((wrong) => `${owner.failoverId} called ${change.call} ${wrong}`);
  });
}

function wrongsOf(change: Change, owner: ReadFailover, facts: readonly Fact[]): readonly string[] {
  const { failoverId, failover, lockedTargets } = owner;
  if (failover === undefined) return ['without a claim that says what it was to do'];
  const isEarlier = (entryId: string): boolean =>
    (indexOfEntry(facts, failoverId, entryId) ?? Number.POSITIVE_INFINITY) < change.index;
  const unlocked = change.targets.filter((target) => !lockedTargets.includes(target));
  return [
    ...(failover.kind === 'dry-run' ? ['as a dry run'] : []),
    ...(isEarlier('claim') ? [] : ['before it was claimed']),
    ...(isEarlier('lock') ? [] : ['before its lock was taken']),
    ...(unlocked.length === 0 ? [] : [`on ${unlocked.join(', ')}, which it had not locked`]),
    ...(isChecked(change, owner, facts) ? [] : ['before its checks were made']),
    ...(hasPassed(owner) ? [] : ['although its checks refused']),
    ...(failover.approval.isRequired ? approvalWrongs(change, owner, facts) : []),
    ...(isCaptured(change, owner, facts) ? [] : ['before what was there was written down']),
    ...(isGroundless(owner) ? ['of itself, although the writer worked'] : []),
  ];
}

/** Only a function that outlives an execution which was stopped may still call, and nothing that it had not begun. */
function lateWrongs(
  { index }: Change,
  { failoverId, executionArn }: ReadFailover,
  { facts, executions }: Observation,
): readonly string[] {
  const closingAt = indexOfEntry(facts, failoverId, 'closing') ?? Number.POSITIVE_INFINITY;
  const status = executions.find((one) => one.executionArn === executionArn)?.status ?? '';
  const wasStopped = ['ABORTED', 'TIMED_OUT'].includes(status);
  return closingAt < index && !wasStopped ? ['while its end was written down'] : [];
}

const ChecksSchema = array(looseObject({ stepId: string(), isRefused: boolean() }));

function hasPassed({ entries, failover }: ReadFailover): boolean {
  const noted = entries.find(({ entryId }) => entryId === 'checks-before-approval')?.['checks'];
  if (noted === undefined) return true; // it could not be written down
  const parsed = safeParse(ChecksSchema, typeof noted === 'string' ? JSON.parse(noted) : noted);
  const steps = failover === undefined ? [] : stepsOf(failover);
  return (
    parsed.success &&
    parsed.output.length === steps.length &&
    parsed.output.every(({ isRefused }) => !isRefused)
  );
}

const ClusterBeforeSchema = object({ cluster: ClusterStateSchema });

/** Whether a run that nobody asked for began with a database whose writer served. */
function isGroundless({ failover, befores }: ReadFailover): boolean {
  const isUnattended = failover?.origin === 'alarm' || failover?.origin === 'rds';
  return befores.some(({ before }) => {
    const parsed = safeParse(ClusterBeforeSchema, before);
    if (!isUnattended || !parsed.success) return false;
    const { cluster } = parsed.output;
    const writer = writerOf(cluster);
    return writer !== undefined && isWorking(statusOf(cluster, writer));
  });
}

/** That the checks could not be written down keeps nobody from recovering; that they were not made does. */
function isChecked(
  { index }: Change,
  { failoverId, failover }: ReadFailover,
  facts: readonly Fact[],
): boolean {
  const steps = failover === undefined ? [] : stepsOf(failover);
  return checksBetween(facts, failoverId, 0, index) >= steps.length;
}

function checksBetween(
  facts: readonly Fact[],
  failoverId: string,
  from: number,
  until: number,
): number {
  return facts.filter(
    (fact) =>
      fact.kind === 'function' &&
      fact.name === 'CheckStep' &&
      fact.failoverId === failoverId &&
      fact.index > from &&
      fact.index < until,
  ).length;
}

/** After the approval every step is checked once more. */
function approvalWrongs(
  change: Change,
  { failoverId, failover }: ReadFailover,
  facts: readonly Fact[],
): readonly string[] {
  const answer = facts.find((fact) => fact.kind === 'answered' && fact.failoverId === failoverId);
  if (answer?.kind !== 'answered' || answer.index > change.index) return ['before an approval'];
  if (answer.decision === 'deny') return ['although it was denied'];
  const checks = checksBetween(facts, failoverId, answer.index, change.index);
  const steps = failover === undefined ? [] : stepsOf(failover);
  return checks < steps.length ? ['before its checks were made again'] : [];
}

function isCaptured(
  { targets, index }: Change,
  { failoverId, befores, failover }: ReadFailover,
  facts: readonly Fact[],
): boolean {
  if (failover === undefined) return false;
  const closingAt = indexOfEntry(facts, failoverId, 'closing') ?? Number.POSITIVE_INFINITY;
  const latest = Math.min(index, closingAt);
  return stepsOf(failover).some((step) => {
    const own = stepKindOf(step).targetsOf(step, 'us-east-1');
    return (
      targets.every((target) => own.includes(target)) &&
      befores.some(({ stepId }) => stepId === step.stepId) &&
      (indexOfEntry(facts, failoverId, `before#${step.stepId}`) ?? latest) < latest
    );
  });
}
