import { describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import type { App } from '../../template/app.ts';
import { createCloudFormation } from './cloudformation.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const StackName = 'signalbox-local';

function appWith(more: Partial<App>): App {
  return {
    stackName: StackName,
    stackId: `arn:aws:cloudformation:eu-central-1:123456789012:stack/${StackName}/0a1b`,
    region: 'eu-central-1',
    accountId: '123456789012',
    parameters: { Environment: 'local' },
    functions: [],
    stateMachines: [],
    eventBuses: [],
    archives: [],
    rules: [],
    scheduleGroups: [],
    schedules: [],
    queues: [],
    topics: [],
    tables: [],
    secrets: [],
    activities: [],
    alarms: [],
    compositeAlarms: [],
    buckets: [],
    ssmParameters: [],
    httpApis: [],
    eventSourceMappings: [],
    roles: [],
    outputs: { ApiUrl: 'http://127.0.0.1' },
    resources: [{ logicalId: 'Orders', physicalId: 'orders', type: 'AWS::DynamoDB::Table' }],
    sources: [],
    ...more,
  };
}

function serve(app: () => App) {
  const { service } = createCloudFormation({ clock: createTestClock(), app });
  return async (action: string, input: object): Promise<Record<string, unknown>> => ({
    ...(await service.actions[action]!(input, caller)),
  });
}

describe('createCloudFormation()', () => {
  test('describes the app as a stack', async () => {
    const run = serve(() => appWith({}));

    expect(await run('DescribeStacks', { StackName })).toMatchObject({
      Stacks: [
        {
          StackName,
          StackStatus: 'CREATE_COMPLETE',
          Parameters: [{ ParameterKey: 'Environment', ParameterValue: 'local' }],
          Outputs: [{ OutputKey: 'ApiUrl', OutputValue: 'http://127.0.0.1' }],
        },
      ],
    });
    expect(await run('ListStacks', { StackStatusFilter: ['DELETE_COMPLETE'] })).toEqual({
      StackSummaries: [],
    });
  });

  test('follows a change of the app', async () => {
    let app = appWith({});
    const run = serve(() => app);
    app = appWith({
      resources: [{ logicalId: 'Users', physicalId: 'users', type: 'AWS::DynamoDB::Table' }],
    });

    expect(await run('DescribeStackResources', { StackName })).toMatchObject({
      StackResources: [{ LogicalResourceId: 'Users', PhysicalResourceId: 'users' }],
    });
  });

  test('pages through the resources', async () => {
    const resources = Array.from({ length: 101 }, (_, index) => ({
      logicalId: `R${index}`,
      physicalId: `r${index}`,
      type: 'AWS::SQS::Queue',
    }));
    const run = serve(() => appWith({ resources }));

    const first = await run('ListStackResources', { StackName });
    const second = await run('ListStackResources', { StackName, NextToken: first['NextToken'] });

    expect(first['StackResourceSummaries']).toHaveLength(100);
    expect(second).toMatchObject({ StackResourceSummaries: [{ LogicalResourceId: 'R100' }] });
    expect(second['NextToken']).toBeUndefined();
  });

  test('refuses a stack and a resource that are not there', async () => {
    const run = serve(() => appWith({}));

    await expect(run('DescribeStacks', { StackName: 'other' })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id other does not exist',
    });
    await expect(
      run('DescribeStackResources', { StackName, LogicalResourceId: 'Nothing' }),
    ).rejects.toMatchObject({ message: `Resource Nothing does not exist for stack ${StackName}` });
  });
});
