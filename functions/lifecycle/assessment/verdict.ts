import type { BucketFacts } from './bucket-facts.ts';
import { type Coverage, coverageOf, enabledRules } from './coverage.ts';
import { type Finding, finding, isBreach } from './finding.ts';
import { conflictFindings } from './findings/conflicts.ts';
import { exemptionOf } from './findings/exemption.ts';
import { formFindings } from './findings/form.ts';
import { alternativeFindings, transitionFindings } from './findings/transitions.ts';
import { uploadFindings } from './findings/uploads.ts';
import { versionFindings } from './findings/versions.ts';
import type { LifecyclePolicy } from './policy.ts';

/** The verdict on a bucket; `UNKNOWN` where the audit could not look. */
export const BUCKET_VERDICTS = ['COMPLIANT', 'NON_COMPLIANT', 'EXEMPT', 'UNKNOWN'] as const;

/** The result of an audit for one bucket. */
export type BucketVerdict = (typeof BUCKET_VERDICTS)[number];

/** The verdict on a bucket that the audit could look at. */
export interface Judgement {
  readonly verdict: Exclude<BucketVerdict, 'UNKNOWN'>;
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
}

/** Holds a bucket against the policy. */
export function judgeBucket(facts: BucketFacts, policy: LifecyclePolicy, now: Date): Judgement {
  const exemption = exemptionOf(facts.tags, policy, now);
  const rules = facts.configuration?.rules ?? [];
  const coverage = coverageOf(rules, policy.ignoredBelowBytes);
  if (exemption.isExempt) return { verdict: 'EXEMPT', findings: exemption.findings, coverage };
  const findings = [...lifecycleFindings(facts, policy, now), ...exemption.findings];
  return {
    verdict: findings.some(isBreach) ? 'NON_COMPLIANT' : 'COMPLIANT',
    findings,
    coverage,
  };
}

function lifecycleFindings(
  facts: BucketFacts,
  policy: LifecyclePolicy,
  now: Date,
): readonly Finding[] {
  const { configuration } = facts;
  if (configuration === undefined || configuration.rules.length === 0) {
    return [finding('NO_LIFECYCLE_CONFIGURATION', 'The bucket has no lifecycle.')];
  }
  const { rules } = configuration;
  const form = formFindings(configuration, policy);
  if (enabledRules(rules).length === 0) {
    return [finding('ONLY_DISABLED_RULES', 'All rules of the lifecycle are disabled.'), ...form];
  }
  return [
    ...transitionFindings(rules, policy, now),
    ...alternativeFindings(rules, policy, now),
    ...uploadFindings(rules, policy),
    ...versionFindings(facts, rules, policy),
    ...conflictFindings(rules, now),
    ...form,
  ];
}
