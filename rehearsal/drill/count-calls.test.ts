import { describe, expect, test } from '@jest/globals';
import type { CallRecord } from 'signalbox';
import { readApp } from '../../packages/signalbox/src/runtime/read-app.ts';
import { createCallKeeper, rolesOf } from './count-calls.ts';

const read = readApp('.', 'http://127.0.0.1:4700');
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const app = read.value;

const executionArn = (name: string) =>
  `${app.stateMachines.find(({ logicalId }) => logicalId === name)?.arn.replace(':stateMachine:', ':execution:')}:e1`;
const roleOf = (name: string) =>
  app.functions.find(({ logicalId }) => logicalId === name)?.roleArn ?? '';

function call(service: string, action: string, arn: string): CallRecord {
  return { service, action, input: {}, caller: { arn }, durationMs: 0 };
}

describe('rolesOf()', () => {
  test('are those of the workflow and of the functions that it calls, and of no others', () => {
    const roles = rolesOf(app, executionArn('DrFailoverStateMachine'));

    expect(roles).toContain(roleOf('StartStepFunction'));
    expect(roles).toContain(roleOf('CloseFailoverFunction'));
    expect(roles).not.toContain(roleOf('EvaluatePlanFunction'));
    expect(roles.size).toBe(10);
  });

  test('are none of an execution that nobody knows', () => {
    expect(rolesOf(app, 'arn:aws:states:us-east-1:123456789012:execution:other:e1').size).toBe(0);
  });
});

describe('createCallKeeper()', () => {
  test('counts what the run called, and not what others called meanwhile', () => {
    const calls = createCallKeeper();
    const ours = roleOf('StartStepFunction');
    const others = roleOf('EvaluatePlanFunction');

    calls.onCall(call('rds', 'FailoverGlobalCluster', ours));
    calls.clear();
    calls.onCall(call('rds', 'DescribeDBClusters', ours));
    calls.onCall(call('route53-recovery-cluster', 'GetRoutingControlState', others));
    calls.onCall(call('rds', 'FailoverDBCluster', ours));
    calls.onCall(call('rds', 'DescribeDBClusters', others));
    calls.onCall(call('rds', 'DescribeDBClusters', ours));
    calls.onCall(call('dynamodb', 'PutItem', ours));

    const roles = rolesOf(app, executionArn('DrFailoverStateMachine'));
    expect(calls.countOf(roles, [])).toEqual([
      { call: 'rds:DescribeDBClusters', count: 2, isMutating: false },
      { call: 'rds:FailoverDBCluster', count: 1, isMutating: true },
    ]);
  });

  test("leaves out the app's own buckets", () => {
    const calls = createCallKeeper();
    const put = call('s3', 'PutObject', 'me');
    calls.onCall({ ...put, input: { Bucket: 'reports' } });
    calls.onCall({ ...put, input: { Bucket: 'website' } });

    expect(calls.countOf(new Set(['me']), ['reports'])).toEqual([
      { call: 's3:PutObject', count: 1, isMutating: true },
    ]);
  });
});
