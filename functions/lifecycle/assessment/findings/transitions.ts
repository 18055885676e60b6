import type { LifecycleRule } from '@aws-sdk/client-s3';
import { coverageOf, enabledRules, rulesForAnyObject } from '../coverage.ts';
import { type Finding, type FindingCode, finding } from '../finding.ts';
import type { LadderStep, LifecyclePolicy } from '../policy.ts';
import { listText } from '../rule-names.ts';
import { isOpen, type StepState, standsFor, stepState } from '../steps.ts';
import { currentTimetable, movesOf } from '../timetable.ts';

/** The steps of the policy that the rules leave open for some objects at least. */
export function openSteps(
  rules: readonly LifecycleRule[],
  policy: LifecyclePolicy,
  now: Date,
): readonly LadderStep[] {
  return stepStates(rules, policy, now)
    .filter(({ states }) => states.some(isOpen))
    .map(({ step }) => step);
}

/** Findings 3 and 5: steps of the policy that are missing, late or in the wrong class, or hold for a part only. */
export function transitionFindings(
  rules: readonly LifecycleRule[],
  policy: LifecyclePolicy,
  now: Date,
): readonly Finding[] {
  const open = stepStates(rules, policy, now).filter(({ states }) => states.some(isOpen));
  const coverage = coverageOf(rules, policy.ignoredBelowBytes);
  if (open.length > 0 && coverage.kind === 'partial') {
    const parts = listText(coverage.parts);
    const steps = listText(open.map(({ step }) => stepText(step)));
    return [
      finding(
        'PARTIAL_COVERAGE',
        `Only a part of the bucket is moved (${parts}): other objects are not moved to ${steps}.`,
      ),
    ];
  }
  return (['missing', 'late', 'wrong-class'] as const).flatMap((state) => {
    const steps = open.filter(({ states }) => states.find(isOpen) === state);
    if (steps.length === 0) return [];
    const [code, said] = SAID[state];
    return [finding(code, said(listText(steps.map(({ step }) => stepText(step)))))];
  });
}

const SAID: Readonly<
  Record<
    Exclude<StepState, 'met' | 'not-needed'>,
    readonly [FindingCode, (steps: string) => string]
  >
> = {
  missing: ['TRANSITION_MISSING', (steps) => `No rule moves every object to ${steps}.`],
  late: ['TRANSITION_LATE', (steps) => `Objects are moved later than to ${steps}.`],
  'wrong-class': [
    'TRANSITION_WRONG_CLASS',
    (steps) => `Objects are moved to a class that the policy does not accept for ${steps}.`,
  ],
};

/** Finding 4: objects go to a class that the policy accepts in place of its own. */
export function alternativeFindings(
  rules: readonly LifecycleRule[],
  policy: LifecyclePolicy,
  now: Date,
): readonly Finding[] {
  const moves = enabledRules(rules).flatMap((rule) => movesOf(rule, now));
  const alternatives = policy.acceptedAlternatives
    .filter(({ storageClass }) =>
      moves.some(
        (move) =>
          move.storageClass === storageClass &&
          policy.transitions.some(
            (step) => move.days <= step.days && standsFor(storageClass, step, policy),
          ),
      ),
    )
    .map(({ storageClass }) => storageClass);
  if (alternatives.length === 0) return [];
  return [
    finding(
      'ACCEPTED_ALTERNATIVE',
      `Objects are moved to ${listText(alternatives)}, which the policy accepts.`,
    ),
  ];
}

function stepStates(
  rules: readonly LifecycleRule[],
  policy: LifecyclePolicy,
  now: Date,
): readonly { readonly step: LadderStep; readonly states: readonly StepState[] }[] {
  const timetables = rulesForAnyObject(rules, policy.ignoredBelowBytes).map((some) =>
    currentTimetable(some, now),
  );
  return policy.transitions.map((step) => ({
    step,
    states: timetables.map((one) => stepState(step, policy.transitions, one, policy)),
  }));
}

function stepText({ storageClass, days }: LadderStep): string {
  return `${storageClass} after ${days} days`;
}
