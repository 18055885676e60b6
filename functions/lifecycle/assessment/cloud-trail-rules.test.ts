import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apiCallOf } from '../../../packages/signalbox/src/services/s3/api-call.ts';
import { rulesInRequest } from './cloud-trail-rules.ts';
import { canonicalRule } from './same-rules.ts';
import { rulesArbitrary } from './test-lifecycle-arbitrary.ts';

const about = {
  region: 'us-east-1',
  caller: { arn: 'arn:aws:iam::123456789012:root' },
  error: undefined,
};

describe('rulesInRequest()', () => {
  test('reads back whatever was put', () => {
    fc.assert(
      fc.property(rulesArbitrary, (Rules) => {
        const input = { Bucket: 'logs', LifecycleConfiguration: { Rules: [...Rules] } };
        const call = apiCallOf('PutBucketLifecycleConfiguration', input, about);

        const read = rulesInRequest(call?.requestParameters);

        expect(read?.map(canonicalRule)).toEqual(Rules.map(canonicalRule));
      }),
    );
  });

  test('reads numbers and truths that were written as texts', () => {
    const Rule = {
      ID: 'a',
      Status: 'Enabled',
      Filter: '',
      Transition: { Days: '30', StorageClass: 'STANDARD_IA' },
      Expiration: { ExpiredObjectDeleteMarker: 'true' },
    };

    expect(rulesInRequest({ LifecycleConfiguration: { Rule } })).toEqual([
      {
        ID: 'a',
        Status: 'Enabled',
        Filter: {},
        Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
        Expiration: { ExpiredObjectDeleteMarker: true },
      },
    ]);
  });

  test.each([[undefined], [{}], [{ LifecycleConfiguration: { Rule: 'cut off' } }]])(
    'reads nothing out of %j',
    (parameters) => {
      expect(rulesInRequest(parameters)).toBeUndefined();
    },
  );
});
