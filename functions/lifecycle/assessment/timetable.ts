import type { LifecycleRule } from '@aws-sdk/client-s3';
import { isTransitionClass, type TransitionClass } from './storage-class.ts';

/** A rule moves objects to a class after so many days. */
export interface Move {
  readonly storageClass: TransitionClass;
  readonly days: number;
}

/** The actions of rules on an object, or on its noncurrent versions, in days of its age. */
export interface Timetable {
  readonly moves: readonly Move[];
  /** Undefined means that it stays for ever. */
  readonly expiresAfterDays: number | undefined;
}

/** The actions of the given rules, all of which match, on a current version. */
export function currentTimetable(rules: readonly LifecycleRule[], now: Date): Timetable {
  return {
    moves: rules.flatMap((rule) => movesOf(rule, now)),
    expiresAfterDays: soonest(rules.flatMap((rule) => ageInDays(rule.Expiration ?? {}, now) ?? [])),
  };
}

/** The days on which one rule moves current versions. */
export function movesOf({ Transitions: transitions = [] }: LifecycleRule, now: Date): Move[] {
  return transitions.flatMap((transition) => {
    const days = ageInDays(transition, now);
    const { StorageClass: storageClass } = transition;
    return days === undefined || !isTransitionClass(storageClass) ? [] : [{ storageClass, days }];
  });
}

/**
 * The actions of the given rules, all of which match, on a noncurrent version. Those that leave
 * more of the newest versions alone than `keptNewest` don't count.
 */
export function noncurrentTimetable(
  rules: readonly LifecycleRule[],
  keptNewest: number,
): Timetable {
  const expirations = rules.flatMap(({ NoncurrentVersionExpiration: expiration }) =>
    (expiration?.NewerNoncurrentVersions ?? 0) <= keptNewest
      ? (expiration?.NoncurrentDays ?? [])
      : [],
  );
  const transitions = rules.flatMap((rule) => rule.NoncurrentVersionTransitions ?? []);
  return {
    moves: transitions.flatMap(
      ({
        StorageClass: storageClass,
        NoncurrentDays: days = 0,
        NewerNoncurrentVersions: kept = 0,
      }) => (isTransitionClass(storageClass) && kept <= keptNewest ? [{ storageClass, days }] : []),
    ),
    expiresAfterDays: soonest(expirations),
  };
}

/**
 * The age at which an action comes, in days: a date that has passed acts at once, and one to come on no
 * age that can be named. AWS: "S3 continues to apply a date-based action after the date has passed".
 */
export function ageInDays(
  {
    Days: days,
    Date: date,
  }: { readonly Days?: number | undefined; readonly Date?: Date | undefined },
  now: Date,
): number | undefined {
  if (days !== undefined) return days;
  return date !== undefined && date.getTime() <= now.getTime() ? 0 : undefined;
}

function soonest(days: readonly number[]): number | undefined {
  return days.length === 0 ? undefined : days.reduce((least, one) => Math.min(least, one));
}
