import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { BucketFacts } from '../bucket-facts.ts';
import { rulesForAnyObject, rulesForEverything } from '../coverage.ts';
import { type Finding, finding } from '../finding.ts';
import type { LadderStep, LifecyclePolicy } from '../policy.ts';
import { listText } from '../rule-names.ts';
import { isOpen, stepState } from '../steps.ts';
import { noncurrentTimetable } from '../timetable.ts';

/** The policy's demands for noncurrent versions that the rules do not meet. */
export interface OpenForVersions {
  readonly steps: readonly LadderStep[];
  /** Undefined where the versions go in time, or may stay. */
  readonly expirationDays: number | undefined;
}

/** Says what the rules leave open for noncurrent versions. */
export function openForVersions(
  rules: readonly LifecycleRule[],
  policy: LifecyclePolicy,
): OpenForVersions {
  const { transitions, expirationDays, keptNewest } = policy.noncurrentVersions;
  const timetables = rulesForAnyObject(rules, policy.ignoredBelowBytes).map((some) =>
    noncurrentTimetable(some, keptNewest),
  );
  const areSmallKept = rulesForAnyObject(rules, 0).some((some) => {
    const { expiresAfterDays } = noncurrentTimetable(some, keptNewest);
    return expiresAfterDays === undefined || expiresAfterDays > (expirationDays ?? 0);
  });
  return {
    steps: transitions.filter((step) =>
      timetables.some((one) => isOpen(stepState(step, transitions, one, policy))),
    ),
    expirationDays: areSmallKept ? expirationDays : undefined,
  };
}

/**
 * Returns whether delete markers with nothing behind them go by themselves. AWS: an expiration by age
 * does so, too.
 */
export function areMarkersRemoved(rules: readonly LifecycleRule[]): boolean {
  return rulesForEverything(rules).some(
    ({ Expiration: expiration }) =>
      expiration?.ExpiredObjectDeleteMarker === true || expiration?.Days !== undefined,
  );
}

/** Findings 8 and 9: what versions leave behind for ever. */
export function versionFindings(
  { versioning }: Pick<BucketFacts, 'versioning'>,
  rules: readonly LifecycleRule[],
  policy: LifecyclePolicy,
): readonly Finding[] {
  if (versioning === undefined) return [];
  const { steps, expirationDays } = openForVersions(rules, policy);
  const wanted = [
    ...steps.map(({ storageClass, days }) => `moves them to ${storageClass} after ${days} days`),
    ...(expirationDays === undefined ? [] : [`deletes them after ${expirationDays} days`]),
  ];
  const areMarkersKept = policy.expiredDeleteMarkers === 'remove' && !areMarkersRemoved(rules);
  return [
    ...(wanted.length === 0
      ? []
      : [
          finding(
            'NONCURRENT_VERSIONS_KEPT',
            `The bucket has versions, and no rule for all noncurrent ones ${listText(wanted)}.`,
          ),
        ]),
    ...(areMarkersKept
      ? [
          finding(
            'EXPIRED_DELETE_MARKERS_KEPT',
            'The bucket has versions, and no rule removes delete markers that hide nothing any more.',
          ),
        ]
      : []),
  ];
}
