import { cpSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { AwsError } from '../src/core/aws-error.ts';
import { loadModel } from '../src/endpoint/wire/service-model.ts';
import { createRuntime, type Runtime } from '../src/runtime/runtime.ts';

const CLIENTS = {
  autoscaling: 'auto-scaling',
  ce: 'cost-explorer',
  cloudformation: 'cloudformation',
  dynamodb: 'dynamodb',
  events: 'eventbridge',
  health: 'health',
  lambda: 'lambda',
  logs: 'cloudwatch-logs',
  monitoring: 'cloudwatch',
  rds: 'rds',
  route53: 'route-53',
  'route53-recovery-cluster': 'route53-recovery-cluster',
  s3: 's3',
  scheduler: 'scheduler',
  secretsmanager: 'secrets-manager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  states: 'sfn',
};

/** Names that every object of JavaScript has, and texts that are hard to read. */
const ODD = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const TEXTS = [
  ...ODD,
  ...ODD.map((name) => `{"${name}":{"a":["b"]}}`),
  ...ODD.map((name) => `$.${name}`),
  ...['', '1', '%zz', '\0', 'arn:aws:x', '{', '[]', 'a = constructor', '💥'],
];
/** Operations that wait for somebody, or run what they are given. */
const WAITING = new Set(['ReceiveMessage', 'GetActivityTask', 'StartSyncExecution']);
const CALLER = { arn: 'arn:aws:iam::123456789012:root' };

let runtime: Runtime;
let known: ReadonlyMap<string, string>;
const said: string[] = [];

beforeAll(async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-names-')));
  cpSync('packages/signalbox/examples/hello-sam', root, { recursive: true });
  runtime = await createRuntime({ root, port: 0, time: 'skip', say: (line) => said.push(line) });
  known = await makeResources(runtime);
});
afterAll(() => runtime.close());

/** Makes one resource of each kind; returns names by the members that name them. */
async function makeResources({ call, app }: Runtime): Promise<ReadonlyMap<string, string>> {
  const made = async (service: string, action: string, input: object, member: string) =>
    String(Reflect.get(await call(service, action, input, CALLER), member));
  const [machine] = app().stateMachines;
  const [lambda] = app().functions;
  await call('dynamodb', 'CreateTable', TABLE, CALLER);
  await call('s3', 'CreateBucket', { Bucket: 'odd' }, CALLER);
  await call('logs', 'CreateLogGroup', { logGroupName: 'odd' }, CALLER);
  await call('ssm', 'PutParameter', { Name: 'odd', Value: 'v', Type: 'String' }, CALLER);
  await call('secretsmanager', 'CreateSecret', { Name: 'odd', SecretString: '{}' }, CALLER);
  const stateMachineArn = machine?.arn ?? '';
  return new Map(
    Object.entries({
      TableName: 'odd',
      Bucket: 'odd',
      Key: 'odd',
      logGroupName: 'odd',
      Name: 'odd',
      SecretId: 'odd',
      FunctionName: lambda?.name ?? '',
      stateMachineArn,
      executionArn: await made('states', 'StartExecution', { stateMachineArn }, 'executionArn'),
      activityArn: await made('states', 'CreateActivity', { name: 'odd' }, 'activityArn'),
      QueueUrl: await made('sqs', 'CreateQueue', { QueueName: 'odd' }, 'QueueUrl'),
      TopicArn: await made('sns', 'CreateTopic', { Name: 'odd' }, 'TopicArn'),
      EventBusName: 'default',
    }),
  );
}

const TABLE = {
  TableName: 'odd',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

/** Any value that the codec lets through for a schema. */
function anyValue(schema: NormalizedSchema, name: string, depth: number): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) return anyStructure(schema, depth);
  if (schema.isListSchema() || schema.isMapSchema()) {
    if (depth === 0) return fc.constant(schema.isListSchema() ? [] : {});
    const value = anyValue(schema.getValueSchema(), name, depth - 1);
    if (schema.isListSchema()) return fc.array(value, { maxLength: 2 });
    const entry = fc.tuple(fc.constantFrom(...ODD, 'id'), value);
    return fc.array(entry, { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
  }
  return anyScalar(schema, name);
}

function anyScalar(schema: NormalizedSchema, name: string): fc.Arbitrary<unknown> {
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.constantFrom(0, 1, 5, -1, 1000, 1.5);
  const text = fc.constantFrom(...TEXTS);
  if (schema.isBlobSchema()) return text.map((one) => Buffer.from(one));
  if (schema.isTimestampSchema()) return fc.date({ noInvalidDate: true });
  const right = known.get(name);
  return right === undefined ? text : fc.oneof({ arbitrary: fc.constant(right), weight: 9 }, text);
}

/** A structure of which the members that name a resource are mostly there, and of a union one. */
function anyStructure(schema: NormalizedSchema, depth: number): fc.Arbitrary<object> {
  const members = depth === 0 ? [] : [...schema.structIterator()];
  const values = members.map(
    ([name, member]) => [name, anyValue(member, name, depth - 1)] as const,
  );
  if (schema.isUnionSchema()) {
    const [first = fc.constant({}), ...others] = values.map(([name, value]) =>
      value.map((one) => ({ [name]: one })),
    );
    return fc.oneof(first, ...others);
  }
  const present = values.map(([name, value]) => {
    const weight = known.has(name) ? 15 : 2;
    const absent = { arbitrary: fc.constant(undefined), weight: 2 };
    return [name, fc.oneof({ arbitrary: value, weight }, absent)] as const;
  });
  return fc.record(Object.fromEntries(present));
}

/** Whether the service responded as AWS does, with an output or a refusal. */
async function responds(service: string, action: string, input: object): Promise<boolean> {
  try {
    await runtime.call(service, action, input, CALLER);
    return true;
  } catch (error) {
    return error instanceof AwsError && !error.name.startsWith('Internal');
  }
}

describe('a served operation', () => {
  test.each(Object.entries(CLIENTS))('of %s responds to odd names', async (service, client) => {
    const { operations } = await loadModel(`@aws-sdk/client-${client}`);
    const served = [...operations.values()].filter(({ name }) => !WAITING.has(name));
    for (const { name, input } of served) {
      const property = fc.asyncProperty(anyStructure(input, 6), (one) =>
        responds(service, name, one),
      );
      await fc.assert(property, { numRuns: 20, seed: 1 });
    }
    expect(said.filter((line) => line.includes('bug'))).toEqual([]);
  });
});
