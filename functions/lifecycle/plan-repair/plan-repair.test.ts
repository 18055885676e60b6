import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { BucketFacts } from '../assessment/bucket-facts.ts';
import { DEFAULT_POLICY } from '../assessment/policy.ts';
import { planRepair, repairRequestOf } from './plan-repair.ts';

const NOW = new Date('2026-11-22T03:00:00Z');
const facts: BucketFacts = {
  accountId: '123456789012',
  bucket: 'logs',
  region: 'us-east-1',
  configuration: undefined,
  versioning: undefined,
  isMfaDelete: false,
  tags: {},
};

describe('planRepair()', () => {
  test('asks a person, and shows the difference', () => {
    expect(planRepair(facts, DEFAULT_POLICY, NOW, false)).toMatchObject({
      kind: 'repair',
      needsApproval: true,
      approved: { diff: expect.stringContaining('+ {"ID":"signalbox-lifecycle"') },
    });
  });

  test('asks nobody where the bucket is tagged for it', () => {
    const tags = { 'lifecycle-repair': 'auto' };

    expect(planRepair({ ...facts, tags }, DEFAULT_POLICY, NOW, false)).toMatchObject({
      needsApproval: false,
    });
    expect(
      planRepair({ ...facts, tags: { 'lifecycle-repair': 'Auto' } }, DEFAULT_POLICY, NOW, false),
    ).toMatchObject({ needsApproval: true });
  });

  test('asks a person where an earlier repair was taken back, and says so', () => {
    const tagged = { ...facts, tags: { 'lifecycle-repair': 'auto' } };

    expect(planRepair(tagged, DEFAULT_POLICY, NOW, true)).toMatchObject({
      needsApproval: true,
      approved: { note: 'An earlier repair of this bucket was taken back' },
    });
  });

  test.each([
    [{ tags: { 'lifecycle-exempt': 'legal hold' } }, 'The bucket is EXEMPT'],
    [{ isMfaDelete: true }, 'S3 takes no lifecycle for a bucket with MFA delete.'],
  ])('leaves alone what must not or cannot be repaired: %j', (more, why) => {
    expect(planRepair({ ...facts, ...more }, DEFAULT_POLICY, NOW, false)).toEqual({
      kind: 'nothing-to-do',
      why,
    });
  });

  test('cuts a difference that no state could carry', () => {
    const rules = Array.from({ length: 300 }, (_, index) => ({
      ID: `r${index}`,
      Status: 'Enabled' as const,
      Prefix: `${index}/`,
      Expiration: { Days: 1 },
    }));
    const configuration = { rules, minimumObjectSize: undefined };

    const plan = planRepair({ ...facts, configuration }, DEFAULT_POLICY, NOW, false);

    expect(plan.kind === 'repair' && plan.approved.diff.length).toBe(8_001);
  });
});

describe('repairRequestOf()', () => {
  const sample = JSON.parse(readFileSync('events/lifecycle/repair-requested.json', 'utf8'));

  test('reads the request', () => {
    expect(repairRequestOf(sample)).toEqual(sample.detail);
  });

  test.each([
    [{ bucket: '../etc' }, 'detail.bucket'],
    [{ region: 'x' }, 'detail.region'],
    [{ approved: true }, 'detail.approved'],
  ])('refuses %j', (change, said) => {
    const event = { ...sample, detail: { ...sample.detail, ...change } };

    expect(() => repairRequestOf(event)).toThrow(said);
  });
});
