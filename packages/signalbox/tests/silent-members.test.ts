import fs from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HARMLESS_MEMBERS } from '../src/endpoint/members/harmless-members.ts';
import { REFUSED_MEMBERS } from '../src/endpoint/members/refused-members.ts';
import { loadModel, type Operation } from '../src/endpoint/wire/service-model.ts';
import { createRuntime, type Runtime } from '../src/runtime/runtime.ts';

const SRC = join(import.meta.dirname, '../src');
const DYNALITE = join(import.meta.dirname, '../../../node_modules/dynalite');

/** The served services: the SDK's client, and the folders whose source reads their inputs. */
const SERVICES: Readonly<Record<string, readonly [client: string, ...folders: string[]]>> = {
  autoscaling: ['auto-scaling', 'services/auto-scaling'],
  ce: ['cost-explorer', 'services/cost-explorer'],
  cloudformation: ['cloudformation', 'services/cloudformation'],
  dynamodb: ['dynamodb', 'services/dynamodb', `${DYNALITE}/validations`, `${DYNALITE}/actions`],
  events: ['eventbridge', 'bus', 'connections'],
  dynamodbstreams: ['dynamodb-streams', 'services/dynamodb/streams'],
  health: ['health', 'services/health'],
  lambda: ['lambda', 'lambda'],
  logs: ['cloudwatch-logs', 'services/logs'],
  monitoring: ['cloudwatch', 'services/cloudwatch'],
  rds: ['rds', 'services/rds'],
  route53: ['route-53', 'services/route-53'],
  'route53-recovery-cluster': ['route53-recovery-cluster', 'services/routing-control'],
  s3: ['s3', 'services/s3'],
  scheduler: ['scheduler', 'schedules'],
  secretsmanager: ['secrets-manager', 'services/secrets-manager'],
  sns: ['sns', 'services/sns'],
  sqs: ['sqs', 'services/sqs'],
  ssm: ['ssm', 'services/ssm'],
  states: ['sfn', 'executions'],
};

/** Actions that refuse whatever they do not name, by a list of their own. */
const REFUSE_OTHERS = /^(Create|Modify)DB(Cluster|Instance)$/;

let runtime: Runtime;

beforeAll(async () => {
  const root = join(import.meta.dirname, '../examples/hello-sam');
  runtime = await createRuntime({ root, port: 0, time: 'skip', say() {} });
});
afterAll(() => runtime.close());

/** The refusal of an action that nobody serves names those that are served. */
async function servedActions(service: string): Promise<readonly string[]> {
  const caller = { arn: 'arn:aws:iam::123456789012:root' };
  const error: unknown = await runtime.call(service, 'NoSuchAction', {}, caller).catch(String);
  return String(error).split(': ').at(-1)?.split(', ') ?? [];
}

function wordsOf(folder: string): readonly string[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /(?<!\.test)\.(ts|js)$/.test(file));
  return sources.flatMap((file) => fs.readFileSync(join(folder, file), 'utf8').match(/\w+/g) ?? []);
}

function membersOf({ name, input }: Operation): readonly string[] {
  if (input.isUnitSchema() || REFUSE_OTHERS.test(name)) return [];
  return [...input.structIterator()].map(([member]) => member);
}

describe.each(Object.entries(SERVICES))('%s', (service, [client, ...folders]) => {
  const tables = [HARMLESS_MEMBERS, REFUSED_MEMBERS].map((table) =>
    Object.keys(table[service] ?? {}),
  );

  test('reads each member of its inputs, or refuses it, or says why it makes no difference', async () => {
    const words = new Set(folders.flatMap((folder) => wordsOf(resolve(SRC, folder))));
    const known = new Set([...words, ...tables.flat()]);
    const { operations } = await loadModel(`@aws-sdk/client-${client}`);
    const actions = await servedActions(service);
    const served = actions.flatMap((name) => operations.get(name) ?? []);
    expect(served.length).toBeGreaterThan(0);
    const silent = served.flatMap((operation) =>
      membersOf(operation).flatMap((member) =>
        known.has(member) ? [] : [`${operation.name}: ${member}`],
      ),
    );
    expect(silent).toEqual([]);
    const members = new Set(served.flatMap((operation) => [...membersOf(operation)]));
    expect(tables.flat().filter((member) => !members.has(member))).toEqual([]);
  });
});

test('a member that would have no effect is refused by name', async () => {
  const caller = { arn: 'arn:aws:iam::123456789012:root' };
  const put = (input: object) =>
    runtime.call('s3', 'PutObject', { Bucket: 'b', Key: 'k', ...input }, caller);
  await expect(put({ WriteOffsetBytes: 5 })).rejects.toMatchObject({
    name: 'InvalidRequest',
    message:
      'WriteOffsetBytes is not rehearsed: there are no directory buckets. Leave it out, or deploy to AWS',
  });
  // What AWS refuses is refused as AWS does it.
  await expect(
    runtime.call(
      's3',
      'ListObjectsV2',
      { Bucket: 'b', OptionalObjectAttributes: ['Size'] },
      caller,
    ),
  ).rejects.toMatchObject({ name: 'InvalidArgument' });
  await expect(put({ ObjectLockEventHold: false })).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
