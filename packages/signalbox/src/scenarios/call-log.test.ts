import { describe, expect, test } from '@jest/globals';
import { callName, createCallLog, isMutating } from './call-log.ts';

const call = (service: string, action: string, input: object = {}) => ({
  ...{ service, action, input },
  ...{ caller: { arn: 'arn:aws:iam::123456789012:root' }, durationMs: 0 },
});

describe('createCallLog()', () => {
  test('notifies whoever listens of each call, as long as they listen', () => {
    const log = createCallLog();
    const heard: string[] = [];
    const stop = log.listen((one) => heard.push(callName(one)));

    log.onCall(call('rds', 'FailoverDBCluster'));
    stop();
    log.onCall(call('rds', 'DescribeDBClusters'));

    expect(heard).toEqual(['rds:FailoverDBCluster']);
  });
});

describe('isMutating()', () => {
  test.each([
    ['rds', 'FailoverDBCluster', {}, true],
    ['autoscaling', 'SetDesiredCapacity', {}, true],
    ['route53-recovery-cluster', 'UpdateRoutingControlStates', {}, true],
    ['rds', 'DescribeDBClusters', {}, false],
    ['route53-recovery-cluster', 'GetRoutingControlState', {}, false],
    ['dynamodb', 'PutItem', {}, false],
    ['states', 'StartExecution', {}, false],
    ['s3', 'PutObject', { Bucket: 'standby' }, true],
    ['s3', 'PutObject', { Bucket: 'reports' }, false],
    ['s3', 'HeadObject', { Bucket: 'standby' }, false],
  ])('of %s:%s with %j is %p', (service, action, input, expected) => {
    expect(isMutating(call(service, action, input), ['reports'])).toBe(expected);
  });
});
