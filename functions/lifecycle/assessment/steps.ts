import type { LadderStep, LifecyclePolicy } from './policy.ts';
import { MINIMUM_DURATION_DAYS, type TransitionClass } from './storage-class.ts';
import type { Timetable } from './timetable.ts';

/** A timetable's state of a step of the policy. */
export type StepState = 'met' | 'not-needed' | 'missing' | 'late' | 'wrong-class';

/**
 * Says how a timetable takes one step of a ladder. A step is not needed where the object is gone before
 * the new class would have paid for itself; it is met by a colder class of the same ladder, too.
 */
export function stepState(
  step: LadderStep,
  ladder: readonly LadderStep[],
  { moves, expiresAfterDays }: Timetable,
  policy: LifecyclePolicy,
): StepState {
  const paysFrom = step.days + MINIMUM_DURATION_DAYS[step.storageClass];
  if (expiresAfterDays !== undefined && expiresAfterDays < paysFrom) return 'not-needed';
  const fits = (to: TransitionClass): boolean =>
    to === step.storageClass || isColder(to, step, ladder) || standsFor(to, step, policy);
  const inTime = moves.filter(({ days }) => days <= step.days);
  if (inTime.some(({ storageClass }) => fits(storageClass))) return 'met';
  const isOnTheWay = (to: TransitionClass): boolean =>
    ladder.some(({ storageClass }) => storageClass === to);
  if (inTime.some(({ storageClass }) => !isOnTheWay(storageClass))) return 'wrong-class';
  return moves.some(({ storageClass }) => fits(storageClass)) ? 'late' : 'missing';
}

/** Returns whether a step has to be taken that is not. */
export function isOpen(state: StepState): boolean {
  return state !== 'met' && state !== 'not-needed';
}

/** Returns whether the policy accepts a class in place of a step's own. */
export function standsFor(
  storageClass: TransitionClass,
  step: LadderStep,
  { acceptedAlternatives }: LifecyclePolicy,
): boolean {
  return acceptedAlternatives.some(
    (accepted) =>
      accepted.storageClass === storageClass && accepted.standsFor.includes(step.storageClass),
  );
}

function isColder(
  storageClass: TransitionClass,
  step: LadderStep,
  ladder: readonly LadderStep[],
): boolean {
  const place = ladder.findIndex((one) => one.storageClass === storageClass);
  return place > ladder.findIndex((one) => one.storageClass === step.storageClass);
}
