import { describe, expect, test } from '@jest/globals';
import { loadModel } from '../endpoint/wire/service-model.ts';
import { javaMemberName } from '../executions/tasks/java-names.ts';
import type { SdkShape } from '../executions/tasks/sdk-shape.ts';
import { fromModelOutput, toModelInput } from '../executions/tasks/sdk-values.ts';
import { sdkModels } from './sdk-models.ts';

const CLIENTS = [
  ...['auto-scaling', 'cloudformation', 'cloudwatch', 'cloudwatch-logs', 'cost-explorer'],
  ...['dynamodb', 'eventbridge', 'health', 'lambda', 'rds', 'route-53', 'route53-recovery-cluster'],
  ...['s3', 'scheduler', 'secrets-manager', 'sfn', 'sns', 'sqs', 'ssm'],
];

const OTHER: SdkShape = { kind: 'other' };

const models = sdkModels((service) => `@aws-sdk/client-${service}`);

/** Finds the structures whose members the rule gives one name, or a name that does not lead back. */
function clashes(shape: SdkShape, place: string, seen: Set<string>): readonly string[] {
  if (shape.kind === 'list' || shape.kind === 'map') {
    return clashes(shape.items(), `${place}[]`, seen);
  }
  if (shape.kind !== 'structure') return [];
  const members = [...shape.members()];
  const key = members.map(([java]) => java).join();
  if (seen.has(key)) return [];
  seen.add(key);
  const wrong = members.filter(([java, { name }]) => javaMemberName(name) !== java);
  return [
    ...wrong.map(([java]) => `${place}.${java}`),
    ...members.flatMap(([java, member]) => clashes(member.shape, `${place}.${java}`, seen)),
  ];
}

describe('the names of aws-sdk tasks', () => {
  test.each(CLIENTS)('lead to the members of every shape of %s and back', async (client) => {
    const { operations } = await loadModel(`@aws-sdk/client-${client}`);
    for (const [action, { input, output }] of operations) {
      const model = await models.action(client, action);
      const shapes = [model?.input, model?.output].map((shape) => shape ?? OTHER);
      expect(shapes.flatMap((shape) => clashes(shape, action, new Set()))).toEqual([]);
      const counts = shapes.map((shape) => (shape.kind === 'structure' ? shape.members().size : 0));
      expect(counts).toEqual(
        [input, output].map((schema) =>
          schema.isStructSchema() ? [...schema.structIterator()].length : 0,
        ),
      );
    }
  });

  test('are those of the SDK for Java 2 in both directions', async () => {
    const model = await models.action('rds', 'DescribeDBClusters');
    if (model === undefined) throw new Error('RDS has no DescribeDBClusters');

    expect(toModelInput(model.input, { DbClusterIdentifier: 'orders', MaxRecords: 20 })).toEqual({
      DBClusterIdentifier: 'orders',
      MaxRecords: 20,
    });
    expect(
      fromModelOutput(
        model.output,
        { DBClusters: [{ DBClusterArn: 'arn', ClusterCreateTime: new Date(0) }] },
        'base64',
      ),
    ).toEqual({
      DbClusters: [{ DbClusterArn: 'arn', ClusterCreateTime: '1970-01-01T00:00:00.000Z' }],
    });
  });

  test('are refused where the API has no such member, with the nearest', async () => {
    const model = await models.action('rds', 'DescribeDBClusters');
    if (model === undefined) throw new Error('RDS has no DescribeDBClusters');

    expect(() => toModelInput(model.input, { DBClusterIdentifier: 'orders' })).toThrow(
      "The field 'DBClusterIdentifier' is not supported by Step Functions: did you mean 'DbClusterIdentifier'?",
    );
  });

  test('of errors come with the status of the service', async () => {
    expect(await models.error('rds', 'DBClusterNotFoundFault')).toEqual({
      status: 404,
      isModelled: true,
    });
    expect(await models.error('secrets-manager', 'ResourceNotFoundException')).toEqual({
      status: 400,
      isModelled: true,
    });
    expect(await models.error('s3', 'NoSuchLifecycleConfiguration')).toEqual({
      status: 404,
      isModelled: false,
    });
  });

  test('take the types of an attribute as the API writes them too', async () => {
    const model = await models.action('dynamodb', 'PutItem');
    if (model === undefined) throw new Error('DynamoDB has no PutItem');
    const item = { a: { BOOL: true }, b: { Bool: true }, c: { SS: ['x'] }, d: { Nul: true } };

    expect(toModelInput(model.input, { TableName: 't', Item: item })).toEqual({
      TableName: 't',
      Item: { a: { BOOL: true }, b: { BOOL: true }, c: { SS: ['x'] }, d: { NULL: true } },
    });
  });
});
