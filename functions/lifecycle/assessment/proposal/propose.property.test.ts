import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkLifecycleRules } from '../../../../packages/signalbox/src/services/s3/lifecycle/check-rules.ts';
import type { BucketFacts, LifecycleConfiguration } from '../bucket-facts.ts';
import { FINDINGS } from '../finding.ts';
import { MAX_RULES } from '../findings/form.ts';
import { DEFAULT_POLICY, type LifecyclePolicy, parsePolicy } from '../policy.ts';
import { canonicalRule } from '../same-rules.ts';
import { factsArbitrary, rulesArbitrary } from '../test-lifecycle-arbitrary.ts';
import { judgeBucket } from '../verdict.ts';
import { foreignRules, OWN_RULE_ID, proposeLifecycle, withNewForm } from './propose.ts';

const NOW = new Date('2026-11-22T09:30:00Z');
const RUNS = { numRuns: 1_000 };

const STRICT = parsePolicy({
  ...DEFAULT_POLICY,
  acceptedAlternatives: [],
  noncurrentVersions: {
    transitions: [
      { storageClass: 'STANDARD_IA', days: 30 },
      { storageClass: 'GLACIER', days: 90 },
    ],
    expirationDays: 365,
    keptNewest: 2,
  },
});

const policies = fc.constantFrom<LifecyclePolicy>(
  DEFAULT_POLICY,
  STRICT,
  parsePolicy({
    ...DEFAULT_POLICY,
    transitions: [{ storageClass: 'GLACIER_IR', days: 0 }],
    ignoredBelowBytes: 0,
    expiredDeleteMarkers: 'keep',
    noncurrentVersions: { transitions: [] },
  }),
);

function proposed(facts: BucketFacts, policy: LifecyclePolicy): LifecycleConfiguration | undefined {
  const proposal = proposeLifecycle(facts, policy, NOW);
  if (proposal.kind === 'impossible') throw new Error(proposal.sentence);
  return proposal.kind === 'proposed' ? proposal.configuration : facts.configuration;
}

describe('lifecycles that the tests are made of', () => {
  test('are such as S3 takes', () => {
    fc.assert(
      fc.property(rulesArbitrary, (rules) => {
        fc.pre(rules.length > 0);
        expect(() => checkLifecycleRules(rules)).not.toThrow();
      }),
      RUNS,
    );
  });

  test('show every finding of a lifecycle', () => {
    const codes = fc
      .sample(factsArbitrary, { numRuns: 3_000, seed: 1 })
      .flatMap((facts) => judgeBucket(facts, DEFAULT_POLICY, NOW).findings)
      .map(({ code }) => code);

    expect([...new Set(codes)].sort()).toEqual(
      Object.keys(FINDINGS)
        .filter((code) => !code.startsWith('EXEMPT'))
        .filter((code) => code !== 'NEAR_RULE_LIMIT' && code !== 'REPAIR_TAKEN_BACK')
        .sort(),
    );
  });
});

describe('proposeLifecycle()', () => {
  test('proposes what S3 takes', () => {
    fc.assert(
      fc.property(factsArbitrary, policies, (facts, policy) => {
        const { rules = [] } = proposed(facts, policy) ?? {};

        expect(() => checkLifecycleRules(rules)).not.toThrow();
        expect(rules.length).toBeLessThanOrEqual(MAX_RULES);
      }),
      RUNS,
    );
  });

  test('keeps every rule that is there, in its place, and the setting for small objects', () => {
    fc.assert(
      fc.property(factsArbitrary, policies, (facts, policy) => {
        const after = proposed(facts, policy);
        const kept = (after?.rules ?? []).filter(({ ID }) => ID !== OWN_RULE_ID);
        const before = foreignRules(facts.configuration?.rules ?? []);

        expect(kept.map(canonicalRule)).toEqual(before.map(withNewForm).map(canonicalRule));
        expect(after?.minimumObjectSize).toBe(facts.configuration?.minimumObjectSize);
      }),
      RUNS,
    );
  });

  test('makes the bucket compliant', () => {
    fc.assert(
      fc.property(factsArbitrary, policies, (facts, policy) => {
        const configuration = proposed(facts, policy);

        const { verdict, findings } = judgeBucket({ ...facts, configuration }, policy, NOW);

        expect({ verdict, findings }).toMatchObject({ verdict: 'COMPLIANT' });
      }),
      RUNS,
    );
  });

  test('proposes nothing more once its proposal is there', () => {
    fc.assert(
      fc.property(factsArbitrary, policies, (facts, policy) => {
        const configuration = proposed(facts, policy);

        expect(proposeLifecycle({ ...facts, configuration }, policy, NOW)).toEqual({
          kind: 'unchanged',
        });
      }),
      RUNS,
    );
  });

  test('leaves a bucket that others made compliant as it is, but for the form of its filters', () => {
    fc.assert(
      fc.property(factsArbitrary, policies, (facts, policy) => {
        const made = proposed(facts, policy);
        fc.pre(made !== undefined);
        const rules = made.rules.map((rule) =>
          rule.ID === OWN_RULE_ID ? { ...rule, ID: 'of the company' } : rule,
        );
        const configuration = { ...made, rules };

        expect(proposeLifecycle({ ...facts, configuration }, policy, NOW)).toEqual({
          kind: 'unchanged',
        });
      }),
      RUNS,
    );
  });

  test('never leaves a bucket with a breach that it could mend, however narrow the rules are', () => {
    fc.assert(
      fc.property(factsArbitrary, policies, (facts, policy) => {
        const isCompliant = judgeBucket(facts, policy, NOW).verdict === 'COMPLIANT';
        const others = foreignRules(facts.configuration?.rules ?? []);
        const added = proposed(facts, policy)?.rules.length ?? 0;

        // If the others alone comply nothing is added, and if something is added they did not.
        if (added > others.length) {
          const configuration = { rules: others, minimumObjectSize: undefined };
          expect(judgeBucket({ ...facts, configuration }, policy, NOW).verdict).toBe(
            'NON_COMPLIANT',
          );
        } else expect(isCompliant).toBe(true);
      }),
      RUNS,
    );
  });
});
