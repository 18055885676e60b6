import { expect, test } from '@jest/globals';
import { callIn, isRegionName, mapsIn, placeOfArn } from './in-region.ts';
import type { Caller, ServiceCall } from './service.ts';

test.each(['us-east-1', 'ap-southeast-2', 'us-gov-west-1', 'cn-north-1', 'me-central-1'])(
  '%s is a Region',
  (name) => expect(isRegionName(name)).toBe(true),
);

test.each(['', 'local', 'us-east', '../us-east-1', 'us-east-1/..', 'US-EAST-1', 'us-east-10'])(
  '"%s" is none',
  (name) => expect(isRegionName(name)).toBe(false),
);

test('a caller who names no Region asks that from which it calls', async () => {
  const asked: (string | undefined)[] = [];
  const call: ServiceCall = async (_service, _action, _input, { region }: Caller) => {
    asked.push(region);
    return {};
  };
  const there = callIn('us-west-2', call);
  await there('sqs', 'ListQueues', {}, { arn: 'a' });
  await there('sqs', 'ListQueues', {}, { arn: 'a', region: undefined });
  await there('sqs', 'ListQueues', {}, { arn: 'a', region: 'eu-west-1' });

  expect(asked).toEqual(['us-west-2', 'us-west-2', 'eu-west-1']);
});

test('records of a Region have names of their own', () => {
  const names: string[] = [];
  const maps = {
    map: <T>(name: string) => {
      names.push(name);
      return new Map<string, T>();
    },
  };
  mapsIn('us-west-2', maps).map('sqs/queues');

  expect(names).toEqual(['us-west-2/sqs/queues']);
});

test('an ARN names Region and account, or neither', () => {
  const bus = 'arn:aws:events:us-west-2:123456789012:event-bus/default';
  expect(placeOfArn(bus)).toEqual({ region: 'us-west-2', accountId: '123456789012' });
  expect(placeOfArn('arn:aws:s3:::photos')).toEqual({ region: '', accountId: '' });
});
