import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { BucketFacts, LifecycleConfiguration } from '../bucket-facts.ts';
import { diffRules, type RuleChange } from '../diff.ts';
import { MAX_RULES } from '../findings/form.ts';
import { openSteps } from '../findings/transitions.ts';
import { areUploadsAborted } from '../findings/uploads.ts';
import { areMarkersRemoved, openForVersions } from '../findings/versions.ts';
import type { LifecyclePolicy } from '../policy.ts';

/** The one rule that repairs write; every other rule is somebody else's. */
export const OWN_RULE_ID = 'signalbox-lifecycle';

/** The lifecycle to put in place of a bucket's own, or why a person has to look. */
export type Proposal =
  | {
      readonly kind: 'proposed';
      readonly configuration: LifecycleConfiguration;
      readonly changes: readonly RuleChange[];
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'impossible'; readonly sentence: string };

/**
 * Proposes the full lifecycle to put: every rule that is there, the old form of a filter made new, and
 * one rule of our own for what the others leave open. Our own rule follows from the others alone, so
 * that proposing again changes nothing.
 */
export function proposeLifecycle(
  facts: Pick<BucketFacts, 'configuration' | 'versioning' | 'isMfaDelete'>,
  policy: LifecyclePolicy,
  now: Date,
): Proposal {
  const current = facts.configuration?.rules ?? [];
  const others = foreignRules(current).map(withNewForm);
  const own = ownRule(facts, others, policy, now);
  const rules = own === undefined ? others : [...others, own];
  const changes = diffRules(current, rules);
  if (changes.length === 0) return { kind: 'unchanged' };
  if (facts.isMfaDelete) {
    return impossible('S3 takes no lifecycle for a bucket with MFA delete.');
  }
  if (rules.length > MAX_RULES) {
    return impossible(`The lifecycle has ${MAX_RULES} rules already, so no other fits in.`);
  }
  const minimumObjectSize = facts.configuration?.minimumObjectSize;
  return { kind: 'proposed', configuration: { rules, minimumObjectSize }, changes };
}

/** The rules that are not ours. */
export function foreignRules(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  return rules.filter(({ ID: id }) => id !== OWN_RULE_ID);
}

/** Writes a rule's filter in the new form, which alone may stand beside other new ones. */
export function withNewForm(rule: LifecycleRule): LifecycleRule {
  const { Prefix: prefix, ...rest } = rule;
  return prefix === undefined ? rule : { ...rest, Filter: { Prefix: prefix } };
}

/** One rule for all that the others leave open; undefined where they leave nothing open. */
function ownRule(
  { versioning }: Pick<BucketFacts, 'versioning'>,
  others: readonly LifecycleRule[],
  policy: LifecyclePolicy,
  now: Date,
): LifecycleRule | undefined {
  const steps = openSteps(others, policy, now);
  const actions: Partial<LifecycleRule> = {
    ...(steps.length === 0
      ? {}
      : {
          Transitions: steps.map(({ storageClass, days }) => ({
            Days: days,
            StorageClass: storageClass,
          })),
        }),
    ...(areUploadsAborted(others, policy)
      ? {}
      : {
          AbortIncompleteMultipartUpload: {
            DaysAfterInitiation: policy.abortIncompleteUploadsAfterDays,
          },
        }),
    ...(versioning === undefined ? {} : versionActions(others, policy)),
  };
  if (Object.keys(actions).length === 0) return undefined;
  return { ID: OWN_RULE_ID, Status: 'Enabled', Filter: { Prefix: '' }, ...actions };
}

function versionActions(
  others: readonly LifecycleRule[],
  policy: LifecyclePolicy,
): Partial<LifecycleRule> {
  const { steps, expirationDays } = openForVersions(others, policy);
  const { keptNewest } = policy.noncurrentVersions;
  const areMarkersKept = policy.expiredDeleteMarkers === 'remove' && !areMarkersRemoved(others);
  return {
    ...(steps.length === 0
      ? {}
      : {
          NoncurrentVersionTransitions: steps.map(({ storageClass, days }) => ({
            NoncurrentDays: days,
            StorageClass: storageClass,
          })),
        }),
    ...(expirationDays === undefined
      ? {}
      : {
          NoncurrentVersionExpiration: {
            NoncurrentDays: expirationDays,
            ...(keptNewest === 0 ? {} : { NewerNoncurrentVersions: keptNewest }),
          },
        }),
    ...(areMarkersKept ? { Expiration: { ExpiredObjectDeleteMarker: true } } : {}),
  };
}

function impossible(sentence: string): Proposal {
  return { kind: 'impossible', sentence };
}
