import type { LifecycleRule } from '@aws-sdk/client-s3';
import { enabledRules, rulesForEverything } from '../coverage.ts';
import { type Finding, finding } from '../finding.ts';
import type { LifecyclePolicy } from '../policy.ts';

/** Returns whether the parts of every incomplete upload go in time. */
export function areUploadsAborted(
  rules: readonly LifecycleRule[],
  { abortIncompleteUploadsAfterDays: most }: LifecyclePolicy,
): boolean {
  return rulesForEverything(rules).some(
    ({ AbortIncompleteMultipartUpload: abort }) =>
      abort?.DaysAfterInitiation !== undefined && abort.DaysAfterInitiation <= most,
  );
}

/** Finding 7: incomplete multipart uploads that stay, and are billed, unseen. */
export function uploadFindings(
  rules: readonly LifecycleRule[],
  policy: LifecyclePolicy,
): readonly Finding[] {
  if (areUploadsAborted(rules, policy)) return [];
  const some = enabledRules(rules).some(
    ({ AbortIncompleteMultipartUpload: abort }) => abort !== undefined,
  );
  const days = policy.abortIncompleteUploadsAfterDays;
  return [
    finding(
      'INCOMPLETE_UPLOADS_KEPT',
      some
        ? `Incomplete uploads are aborted later than after ${days} days, or in a part of the bucket only.`
        : `No rule aborts incomplete uploads after ${days} days.`,
    ),
  ];
}
