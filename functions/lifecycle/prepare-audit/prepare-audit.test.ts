import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { auditIdOf, auditTaskOf, configuredAccounts, withRoles } from './prepare-audit.ts';

const sample = JSON.parse(readFileSync('events/lifecycle/audit-requested.json', 'utf8'));
const trail = {
  'detail-type': 'AWS API Call via CloudTrail',
  account: '123456789012',
  detail: { eventName: 'DeleteBucketLifecycle', requestParameters: { bucketName: 'logs' } },
};

describe('auditTaskOf()', () => {
  test('looks at everything when the time has come', () => {
    expect(auditTaskOf({ 'detail-type': 'Scheduled Event' })).toEqual({
      scope: {},
      accounts: undefined,
    });
    expect(auditTaskOf({})).toEqual({ scope: {}, accounts: undefined });
  });

  test('looks at one bucket that somebody changed', () => {
    expect(auditTaskOf(trail)).toEqual({
      scope: { buckets: ['logs'] },
      accounts: [{ accountId: '123456789012' }],
    });
  });

  test('looks at what was requested', () => {
    const asked = { buckets: ['logs'], tag: { key: 'team' } };

    expect(auditTaskOf(sample).scope).toEqual({});
    expect(auditTaskOf({ ...sample, detail: { ...sample.detail, ...asked } }).scope).toEqual(asked);
  });

  test.each([
    ['no reason', { reason: '' }, 'detail.reason'],
    ['no bucket', { buckets: [] }, 'detail.buckets'],
    ['no Region', { region: 'here' }, 'detail.region'],
    ['no role', { accounts: [{ accountId: '123456789012', roleArn: 'me' }] }, 'roleArn'],
    ['an unknown field', { everything: true }, 'detail.everything'],
  ])('refuses a request with %s', (_, change, said) => {
    const event = { ...sample, detail: { ...sample.detail, ...change } };

    expect(() => auditTaskOf(event)).toThrow(
      expect.objectContaining({
        name: 'InvalidAuditRequestError',
        message: expect.stringContaining(said),
      }),
    );
  });
});

describe('auditIdOf()', () => {
  test('names an execution alike however often it is asked, and sorts by time', () => {
    const first = { executionArn: 'arn:1', startedAt: '2026-11-22T03:00:00.123Z' };
    const later = { executionArn: 'arn:2', startedAt: '2026-11-23T03:00:00Z' };

    expect(auditIdOf(first)).toMatch(/^2026-11-22T03-00-00-[0-9a-f]{8}$/);
    expect(auditIdOf(first)).toBe(auditIdOf(first));
    expect(auditIdOf(first) < auditIdOf(later)).toBe(true);
  });
});

describe('configuredAccounts()', () => {
  test("reads the accounts out of the roles' ARNs", () => {
    const roleArn = 'arn:aws:iam::222222222222:role/audit';

    expect(configuredAccounts('111111111111', `${roleArn}, `)).toEqual([
      { accountId: '111111111111' },
      { accountId: '222222222222', roleArn },
    ]);
    expect(configuredAccounts('111111111111', '')).toHaveLength(1);
  });
});

describe('withRoles()', () => {
  test('looks into another account by the role that is configured for it', () => {
    const roleArn = 'arn:aws:iam::222222222222:role/audit';
    const configured = [{ accountId: '222222222222', roleArn }];

    expect(
      withRoles([{ accountId: '222222222222' }, { accountId: '333333333333' }], configured),
    ).toEqual([{ accountId: '222222222222', roleArn }, { accountId: '333333333333' }]);
  });
});
