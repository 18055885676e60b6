import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { Engine } from './engine.ts';

const STACK = 'signalbox-ministack';

/** The nested stacks that orders need; each takes the SAM CLI half a minute. */
const DEPLOYED: readonly string[] = ['Operations', 'Orders'];

/** A stack of `prepare.py`; the root of nested ones has no template of its own, and is the last. */
interface PreparedStack {
  readonly name: string | null;
  readonly template?: string;
  readonly parameters: JsonObject;
}

/** Deploys with the real SAM CLI; returns physical ids by logical id, of all stacks together. */
export async function deploy(
  engine: Engine,
  overrides: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const stacks: readonly PreparedStack[] = JSON.parse(
    readFileSync('.aws-sam/ministack.json', 'utf8'),
  );
  const root = stacks.find(({ name }) => name === null);
  const values: Record<string, Json> = {
    ...root?.parameters,
    ...overrides,
    'AWS::StackName': STACK,
  };
  const ids = new Map<string, string>();
  for (const { name, template, parameters } of stacks) {
    if (name === null || template === undefined || !DEPLOYED.includes(name)) continue;
    const stackName = [STACK, name].filter((part) => part !== '').join('-');
    const given = root === undefined ? overrides : resolved(parameters, values);
    await samDeploy(engine, template, stackName, given);
    for (const [key, value] of await readStack(engine, stackName, ids)) {
      values[`${name}.Outputs.${key}`] = value;
    }
  }
  return ids;
}

/** Parameters of a nested stack: what CloudFormation would pass on from the root and from other stacks. */
function resolved(
  parameters: JsonObject,
  values: Readonly<Record<string, Json>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, resolve(value, values)]),
  );
}

function resolve(value: Json, values: Readonly<Record<string, Json>>): string {
  if (!isJsonObject(value)) return String(value);
  const key = value['Ref'] ?? [value['Fn::GetAtt']].flat().join('.');
  const found = values[String(key)];
  if (found === undefined) throw new TypeError(`Cannot resolve ${JSON.stringify(value)}`);
  return String(found);
}

async function samDeploy(
  { environment }: Engine,
  template: string,
  stackName: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const overrides = Object.entries(parameters).map(([key, value]) => `${key}="${value}"`);
  const options = ['--resolve-s3', '--no-confirm-changeset', '--no-progressbar'];
  const capabilities = ['--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'];
  const where = ['--template-file', template, '--stack-name', stackName];
  const child = spawn(
    '.venv/bin/sam',
    ['deploy', ...where, ...options, ...capabilities, '--parameter-overrides', ...overrides],
    { env: { ...environment, SAM_CLI_POLL_DELAY: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const streams = [text(child.stdout), text(child.stderr), once(child, 'close')] as const;
  const [stdout, stderr] = await Promise.all(streams);
  if (child.exitCode !== 0) {
    const failed = stdout.split('\n').filter((line) => line.includes('FAILED'));
    throw new Error([`sam deploy of ${stackName} failed`, ...failed, stderr].join('\n'));
  }
}

/** Adds the stack's resources to `ids`, and returns its outputs. */
async function readStack(
  engine: Engine,
  StackName: string,
  ids: Map<string, string>,
): Promise<readonly (readonly [string, string])[]> {
  const client = new CloudFormationClient(engine.client);
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of page.StackResourceSummaries ??
      [])
      ids.set(LogicalResourceId, PhysicalResourceId);
  }
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
    OutputKey,
    OutputValue,
  ]);
}
