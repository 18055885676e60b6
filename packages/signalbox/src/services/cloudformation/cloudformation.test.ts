import { describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import type { App } from '../../template/app.ts';
import type { StackResource } from '../../template/stack-resource.ts';
import { createCloudFormation } from './cloudformation.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const StackName = 'signalbox-local';

const stackId = `arn:aws:cloudformation:eu-central-1:123456789012:stack/${StackName}/0a1b`;

function tableNamed(logicalId: string, physicalId: string): StackResource {
  return { logicalId, path: logicalId, stackId, physicalId, type: 'AWS::DynamoDB::Table' };
}

function appWith(more: Partial<App>): App {
  return {
    stackName: StackName,
    stackId,
    region: 'eu-central-1',
    accountId: '123456789012',
    parameters: { Environment: 'local' },
    functions: [],
    stateMachines: [],
    eventBuses: [],
    archives: [],
    connections: [],
    apiDestinations: [],
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
    surroundings: [],
    outputs: { ApiUrl: 'http://127.0.0.1' },
    nestedStacks: [],
    resources: [tableNamed('Orders', 'orders')],
    sources: [],
    remarks: [],
    restApis: [],
    pipes: [],
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
      resources: [tableNamed('Users', 'users')],
    });

    expect(await run('DescribeStackResources', { StackName })).toMatchObject({
      StackResources: [{ LogicalResourceId: 'Users', PhysicalResourceId: 'users' }],
    });
  });

  test('pages through the resources', async () => {
    const resources = Array.from({ length: 101 }, (_, index) =>
      tableNamed(`R${index}`, `r${index}`),
    );
    const run = serve(() => appWith({ resources }));

    const first = await run('ListStackResources', { StackName });
    const second = await run('ListStackResources', { StackName, NextToken: first['NextToken'] });

    expect(first['StackResourceSummaries']).toHaveLength(100);
    expect(second).toMatchObject({ StackResourceSummaries: [{ LogicalResourceId: 'R100' }] });
    expect(second['NextToken']).toBeUndefined();
  });

  test('lists a nested stack as a resource of its parent and as a stack with its own resources', async () => {
    const nestedId = `${stackId}-nested`;
    const run = serve(() =>
      appWith({
        nestedStacks: [
          {
            path: 'Shop',
            stackName: `${StackName}-Shop-1A`,
            stackId: nestedId,
            parentId: stackId,
            parameters: {},
            outputs: { TableName: 'orders' },
          },
        ],
        resources: [
          {
            ...tableNamed('Shop', nestedId),
            type: 'AWS::CloudFormation::Stack',
          },
          { ...tableNamed('Orders', 'orders'), path: 'Shop/Orders', stackId: nestedId },
        ],
      }),
    );

    expect(await run('DescribeStacks', {})).toMatchObject({
      Stacks: [
        { StackName },
        {
          StackName: `${StackName}-Shop-1A`,
          ParentId: stackId,
          RootId: stackId,
          Outputs: [{ OutputKey: 'TableName', OutputValue: 'orders' }],
        },
      ],
    });
    expect(await run('ListStacks', {})).toMatchObject({
      StackSummaries: [{ StackId: stackId }, { StackId: nestedId, ParentId: stackId }],
    });
    const ofRoot = await run('ListStackResources', { StackName });
    expect(ofRoot['StackResourceSummaries']).toEqual([
      expect.objectContaining({ LogicalResourceId: 'Shop', PhysicalResourceId: nestedId }),
    ]);
    const ofNested = await run('ListStackResources', { StackName: nestedId });
    expect(ofNested['StackResourceSummaries']).toEqual([
      expect.objectContaining({ LogicalResourceId: 'Orders', PhysicalResourceId: 'orders' }),
    ]);
    expect(await run('DescribeStackResources', { PhysicalResourceId: 'orders' })).toMatchObject({
      StackResources: [{ StackId: nestedId, LogicalResourceId: 'Orders' }],
    });
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
