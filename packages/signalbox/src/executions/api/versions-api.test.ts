import { describe, expect, test } from '@jest/globals';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
const V1 = `${ARN}:1`;
const V2 = `${ARN}:2`;
const LIVE = `${ARN}:live`;
const creationDate = new Date('2026-01-05T10:00:00.000Z');

const definitionOf = (output: number) =>
  JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Result: output, End: true } } });

/** A machine with two versions, which return 1 and 2. */
async function twoVersions(random = 0.5) {
  const made = createTestExecutions({}, { interpreter: AMAZON_STATES_LANGUAGE, random });
  const { states } = made;
  const definition = definitionOf(1);
  await states('CreateStateMachine', {
    name: 'orders',
    definition,
    roleArn: ROLE_ARN,
    publish: true,
  });
  await states('UpdateStateMachine', {
    stateMachineArn: ARN,
    definition: definitionOf(2),
    publish: true,
    versionDescription: 'two',
  });
  const alias = (routes: readonly (readonly [string, number])[], name = 'live') =>
    states('CreateStateMachineAlias', {
      name,
      routingConfiguration: routes.map(([stateMachineVersionArn, weight]) => ({
        stateMachineVersionArn,
        weight,
      })),
    });
  const run = async (stateMachineArn: string) => {
    const { executionArn } = await states('StartExecution', { stateMachineArn });
    await made.executions.ended(String(executionArn));
    return states('DescribeExecution', { executionArn });
  };
  return { ...made, alias, run };
}

describe('PublishStateMachineVersion', () => {
  test('publishes a revision once, and numbers the next', async () => {
    const { states } = await twoVersions();

    expect(await states('PublishStateMachineVersion', { stateMachineArn: ARN })).toEqual({
      stateMachineVersionArn: V2,
      creationDate,
    });
    expect(await states('ListStateMachineVersions', { stateMachineArn: ARN })).toEqual({
      stateMachineVersions: [
        { stateMachineVersionArn: V2, creationDate },
        { stateMachineVersionArn: V1, creationDate },
      ],
    });
  });

  test('refuses a revision that is not the current one', async () => {
    const { states } = await twoVersions();
    const { revisionId } = await states('DescribeStateMachine', { stateMachineArn: ARN });

    await expect(
      states('PublishStateMachineVersion', { stateMachineArn: ARN, revisionId: 'INITIAL' }),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      message: `Failed to publish the State Machine version for revision INITIAL. The current State Machine revision is ${revisionId}.`,
    });
  });

  test('keeps the definition that it had, which DescribeStateMachine returns', async () => {
    const { states, run } = await twoVersions();

    expect(await states('DescribeStateMachine', { stateMachineArn: V1 })).toMatchObject({
      stateMachineArn: V1,
      definition: definitionOf(1),
    });
    expect(await states('DescribeStateMachine', { stateMachineArn: V2 })).toMatchObject({
      description: 'two',
    });
    expect(await run(V1)).toMatchObject({ output: '1', stateMachineVersionArn: V1 });
  });
});

describe('DeleteStateMachineVersion', () => {
  test('deletes it, and never gives its number again', async () => {
    const { states } = await twoVersions();

    await states('DeleteStateMachineVersion', { stateMachineVersionArn: V2 });

    await expect(states('StartExecution', { stateMachineArn: V2 })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    expect(await states('PublishStateMachineVersion', { stateMachineArn: ARN })).toMatchObject({
      stateMachineVersionArn: `${ARN}:3`,
    });
  });

  test('refuses while an alias leads to it', async () => {
    const { states, alias } = await twoVersions();
    await alias([[V2, 100]]);

    await expect(
      states('DeleteStateMachineVersion', { stateMachineVersionArn: V2 }),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      message:
        'Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [live]',
    });
  });
});

describe('CreateStateMachineAlias', () => {
  test.each([
    [0.29, V1, '1'],
    [0.31, V2, '2'],
  ])('divides executions by weight: %d leads to %s', async (random, version, output) => {
    const { alias, run, states } = await twoVersions(random);
    await alias([
      [V1, 30],
      [V2, 70],
    ]);

    const described = await run(LIVE);

    const startedBy = { stateMachineAliasArn: LIVE, stateMachineVersionArn: version };
    expect(described).toMatchObject({ ...startedBy, stateMachineArn: ARN, output });
    const { events } = await states('GetExecutionHistory', {
      executionArn: described['executionArn'],
    });
    expect(events).toMatchObject({ 0: { executionStartedEventDetails: startedBy } });
    expect(await states('ListExecutions', { stateMachineArn: LIVE })).toMatchObject({
      executions: [startedBy],
    });
  });

  test('returns the same again for the same, and refuses other routes', async () => {
    const { alias } = await twoVersions();

    const created = await alias([[V1, 100]]);

    expect(created).toEqual({ stateMachineAliasArn: LIVE, creationDate });
    expect(await alias([[V1, 100]])).toEqual(created);
    await expect(alias([[V2, 100]])).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test.each<[readonly (readonly [string, number])[], string, string]>([
    [[[V1, 99]], 'live', 'Sum of routing configuration weights must equal 100. Received: [99]'],
    [
      [
        [V1, 50],
        [V1, 50],
      ],
      'live',
      `Routing configuration must contain distinct state machine version ARNs. Received: [${V1}, ${V1}]`,
    ],
    [
      [[ARN, 100]],
      'live',
      `Routing configuration must contain state machine version ARNs. Received: [${ARN}]`,
    ],
    [[[`${ARN}:9`, 100]], 'live', `Resource not found: '${ARN}:9'`],
    [
      [[V1, 100]],
      '7',
      "1 validation error detected: Value '7' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
    ],
  ])('refuses the routes %j of %j', async (routes, name, message) => {
    const { alias } = await twoVersions();

    await expect(alias(routes, name)).rejects.toMatchObject({ message });
  });
});

describe('UpdateStateMachineAlias', () => {
  test('leads the next execution elsewhere', async () => {
    const { states, alias, run } = await twoVersions();
    await alias([[V1, 100]]);

    await states('UpdateStateMachineAlias', {
      stateMachineAliasArn: LIVE,
      description: 'now two',
      routingConfiguration: [{ stateMachineVersionArn: V2, weight: 100 }],
    });

    expect(await run(LIVE)).toMatchObject({ output: '2' });
    expect(await states('DescribeStateMachineAlias', { stateMachineAliasArn: LIVE })).toMatchObject(
      {
        name: 'live',
        description: 'now two',
        routingConfiguration: [{ stateMachineVersionArn: V2, weight: 100 }],
      },
    );
  });
});

describe('ListStateMachineAliases', () => {
  test('lists those of a machine, or of one version', async () => {
    const { states, alias } = await twoVersions();
    await alias([[V1, 100]], 'old');
    await alias([[V2, 100]], 'live');
    const of = async (stateMachineArn: string) => {
      const { stateMachineAliases } = await states('ListStateMachineAliases', { stateMachineArn });
      return stateMachineAliases;
    };

    expect(await of(ARN)).toHaveLength(2);
    expect(await of(V2)).toEqual([{ stateMachineAliasArn: LIVE, creationDate }]);
    await states('DeleteStateMachineAlias', { stateMachineAliasArn: LIVE });
    expect(await of(V2)).toEqual([]);
  });
});
