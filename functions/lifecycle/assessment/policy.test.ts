import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY, parsePolicy, parsePolicyText } from './policy.ts';

const wrong = (change: object) => () => parsePolicy({ ...DEFAULT_POLICY, ...change });

describe('parsePolicy()', () => {
  test('reads the policy that comes with the platform', () => {
    expect(DEFAULT_POLICY.transitions).toEqual([
      { storageClass: 'STANDARD_IA', days: 30 },
      { storageClass: 'GLACIER', days: 90 },
      { storageClass: 'DEEP_ARCHIVE', days: 365 },
    ]);
  });

  test.each([
    ['STANDARD_IA before day 30', [{ storageClass: 'STANDARD_IA', days: 29 }], '30 days'],
    [
      'a way back up',
      [
        { storageClass: 'GLACIER', days: 90 },
        { storageClass: 'STANDARD_IA', days: 200 },
      ],
      'down the waterfall',
    ],
    [
      'a class twice',
      [
        { storageClass: 'GLACIER', days: 90 },
        { storageClass: 'GLACIER', days: 200 },
      ],
      'down the waterfall',
    ],
    [
      'a step before the stay in the class above has been billed',
      [
        { storageClass: 'STANDARD_IA', days: 30 },
        { storageClass: 'GLACIER', days: 59 },
      ],
      'minimum storage duration',
    ],
    [
      'one from ONEZONE_IA to GLACIER_IR',
      [
        { storageClass: 'ONEZONE_IA', days: 30 },
        { storageClass: 'GLACIER_IR', days: 90 },
      ],
      'down the waterfall',
    ],
  ])('refuses %s, as S3 would', (_, transitions, said) => {
    expect(wrong({ transitions })).toThrow(
      expect.objectContaining({
        name: 'InvalidLifecyclePolicyError',
        message: expect.stringContaining(said),
      }),
    );
  });

  test('refuses to delete noncurrent versions before their last class has been billed', () => {
    const transitions = [{ storageClass: 'GLACIER', days: 30 }];

    expect(wrong({ noncurrentVersions: { transitions, expirationDays: 60 } })).toThrow(
      'noncurrentVersions: Noncurrent versions have to stay',
    );
  });

  test('names every field that it does not know or misses', () => {
    expect(wrong({ version: 2, colour: 'red', repairTag: undefined })).toThrow(/version.*colour/);
  });
});

describe('parsePolicyText()', () => {
  test('refuses what is no JSON', () => {
    expect(() => parsePolicyText('{')).toThrow('it is not valid JSON');
  });
});
