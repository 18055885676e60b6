import { describe, expect, test } from '@jest/globals';
import { createTestMaps } from '../store/test-kept-maps.ts';
import { AMAZON_STATES_LANGUAGE } from './amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from './test-executions.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';

const definitionOf = (Result: number) => ({
  StartAt: 'A',
  States: { A: { Type: 'Pass' as const, Result, End: true } },
});

describe('after a kill', () => {
  const maps = createTestMaps();
  const open = () => {
    const given = { interpreter: AMAZON_STATES_LANGUAGE, maps: maps() };
    return createTestExecutions({}, given);
  };
  const templateMachine = (Result: number) => ({
    arn: ARN,
    name: 'orders',
    type: 'STANDARD' as const,
    roleArn: ROLE_ARN,
    definition: definitionOf(Result),
  });

  test('machines, versions, aliases, tags and activities of the API are there', async () => {
    const { states } = open();
    await states('CreateStateMachine', {
      name: 'own',
      definition: JSON.stringify(definitionOf(1)),
      roleArn: ROLE_ARN,
      tags: [
        { key: 'env', value: 'test' },
        { key: 'gone', value: '' },
      ],
    });
    const stateMachineArn = ARN.replace('orders', 'own');
    await states('UntagResource', { resourceArn: stateMachineArn, tagKeys: ['gone'] });
    await states('PublishStateMachineVersion', { stateMachineArn });
    const definition = JSON.stringify(definitionOf(2));
    await states('UpdateStateMachine', { stateMachineArn, definition, publish: true });
    await states('DeleteStateMachineVersion', { stateMachineVersionArn: `${stateMachineArn}:2` });
    const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
    await states('CreateStateMachineAlias', { name: 'live', routingConfiguration });
    await states('CreateActivity', { name: 'pack' });

    const again = open();
    const described = await again.states('DescribeStateMachine', { stateMachineArn });
    expect(described).toMatchObject({ definition, creationDate: again.clock.now() });
    const start = { stateMachineArn: `${stateMachineArn}:live`, name: 'a' };
    const { executionArn } = await again.states('StartExecution', start);
    expect(await again.executions.ended(String(executionArn))).toMatchObject({
      summary: { status: 'SUCCEEDED', output: 1 },
    });
    expect(await again.states('ListTagsForResource', { resourceArn: stateMachineArn })).toEqual({
      tags: [{ key: 'env', value: 'test' }],
    });
    expect(await again.states('ListActivities', {})).toMatchObject({
      activities: [{ name: 'pack' }],
    });
    const published = await again.states('PublishStateMachineVersion', { stateMachineArn });
    expect(published).toMatchObject({ stateMachineVersionArn: `${stateMachineArn}:3` });
  });

  test('a machine of the template stays as it was updated until the template changes it', async () => {
    const first = open();
    first.executions.define(templateMachine(1));
    const definition = JSON.stringify(definitionOf(5));
    await first.states('UpdateStateMachine', { stateMachineArn: ARN, definition });

    const second = open();
    second.executions.define(templateMachine(1));
    const describe2 = await second.states('DescribeStateMachine', { stateMachineArn: ARN });
    expect(describe2).toMatchObject({ definition });

    const third = open();
    third.executions.define(templateMachine(2));
    const describe3 = await third.states('DescribeStateMachine', { stateMachineArn: ARN });
    expect(describe3).toMatchObject({ definition: JSON.stringify(definitionOf(2)) });
    expect(third.executions.templateMachines()).toEqual([ARN]);
  });
});
