import type { LifecycleRule } from '@aws-sdk/client-s3';
import { enabledRules } from '../coverage.ts';
import { type Finding, finding } from '../finding.ts';
import { rulesText } from '../rule-names.ts';
import { isWithin, type RuleScope, scopeOf } from '../scope.ts';
import { canMove } from '../storage-class.ts';
import { ageInDays, type Move, movesOf } from '../timetable.ts';

interface ReadRule {
  readonly rule: LifecycleRule;
  readonly scope: RuleScope;
  readonly moves: readonly Move[];
  readonly expiresAfterDays: number | undefined;
}

/** Findings 6 and 13: what one rule does that keeps another from ever acting. */
export function conflictFindings(rules: readonly LifecycleRule[], now: Date): readonly Finding[] {
  const read = enabledRules(rules).map(
    (rule): ReadRule => ({
      rule,
      scope: scopeOf(rule),
      moves: movesOf(rule, now),
      expiresAfterDays: ageInDays(rule.Expiration ?? {}, now),
    }),
  );
  const expired = read.filter((one) => read.some((other) => deletesBefore(other, one)));
  const idle = read.filter((one) => read.some((other) => isIdleBeside(one, other)));
  return [
    ...(expired.length === 0
      ? []
      : [
          finding(
            'EXPIRES_BEFORE_TRANSITION',
            `Objects are deleted before they are moved by ${rulesText(expired.map(({ rule }) => rule))}.`,
          ),
        ]),
    ...(idle.length === 0
      ? []
      : [
          finding(
            'CONTRADICTORY_RULES',
            `Another rule for the same objects acts before, or rules out, ${rulesText(idle.map(({ rule }) => rule))}.`,
          ),
        ]),
  ];
}

/** Whether `one` deletes all objects of the other before it moves them. AWS: deletion goes first on the same day. */
function deletesBefore({ expiresAfterDays: gone, scope }: ReadRule, other: ReadRule): boolean {
  return (
    gone !== undefined &&
    other.moves.some(({ days }) => days >= gone) &&
    isWithin(other.scope, scope)
  );
}

/** Whether an action of `one` never comes, because the other has acted on all its objects before. */
function isIdleBeside(one: ReadRule, other: ReadRule): boolean {
  if (one === other || !isWithin(one.scope, other.scope)) return false;
  const { expiresAfterDays: gone } = other;
  const isExpirationIdle =
    gone !== undefined && one.expiresAfterDays !== undefined && gone < one.expiresAfterDays;
  return isExpirationIdle || one.moves.some((move) => other.moves.some((to) => rulesOut(to, move)));
}

function rulesOut(first: Move, then: Move): boolean {
  if (first.storageClass === then.storageClass) return first.days < then.days;
  return first.days <= then.days && !canMove(first.storageClass, then.storageClass);
}
