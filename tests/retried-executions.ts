import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  SendTaskFailureCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { readHistory } from '../packages/signalbox/src/cli/commands/history.ts';
import type { JsonObject } from '../packages/signalbox/src/core/json.ts';

/** An execution whose Parallel or Map is in its second attempt, the last that its Retry allows. */
export interface RetriedExecution {
  readonly kind: Kind;
  readonly executionArn: string;
  readonly activityArn: string;
  /** The token of the activity's task in the second attempt. */
  readonly taskToken: string;
}

type Kind = 'Parallel' | 'inline Map' | 'Distributed Map';
const KINDS: readonly Kind[] = ['Parallel', 'inline Map', 'Distributed Map'];

/** Starts an execution of each kind, and fails the first attempt of each. */
export function startRetried(client: SFNClient): Promise<readonly RetriedExecution[]> {
  return Promise.all(KINDS.map((kind) => startOne(client, kind)));
}

async function startOne(client: SFNClient, kind: Kind): Promise<RetriedExecution> {
  const name = kind.replace(' ', '-');
  const { activityArn = '' } = await client.send(new CreateActivityCommand({ name }));
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: `Retried-${name}`,
      roleArn: 'arn:aws:iam::123456789012:role/retried',
      definition: JSON.stringify(definitionOf(kind, activityArn)),
    }),
  );
  const start = new StartExecutionCommand({ stateMachineArn, input: '[1]' });
  const { executionArn = '' } = await client.send(start);
  await fail(client, await takeTask(client, activityArn));
  return { kind, executionArn, activityArn, taskToken: await takeTask(client, activityArn) };
}

/**
 * Fails the second attempt of an execution, and returns its status and how many attempts failed.
 * A Distributed Map has begun its attempt anew, with another task.
 */
export async function failAgain(
  client: SFNClient,
  { kind, executionArn, activityArn, taskToken }: RetriedExecution,
): Promise<{ readonly status: string | undefined; readonly failedAttempts: number }> {
  const isAnew = kind === 'Distributed Map';
  await fail(client, isAnew ? await takeTask(client, activityArn) : taskToken);
  for (;;) {
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'RUNNING') continue;
    const types = (await readHistory(client, executionArn)).map(({ type }) => type);
    const failed = types.filter((type) => type === 'ActivityFailed' || type === 'MapRunFailed');
    return { status, failedAttempts: failed.length };
  }
}

function definitionOf(kind: Kind, Resource: string): JsonObject {
  const work: JsonObject = {
    StartAt: 'Work',
    States: { Work: { Type: 'Task', Resource, TimeoutSeconds: 86_400, End: true } },
  };
  const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }];
  const Mode = kind === 'inline Map' ? 'INLINE' : 'DISTRIBUTED';
  const ProcessorConfig = { Mode, ...(Mode === 'INLINE' ? {} : { ExecutionType: 'STANDARD' }) };
  const state: JsonObject =
    kind === 'Parallel'
      ? { Type: 'Parallel', Branches: [work] }
      : { Type: 'Map', ItemProcessor: { ProcessorConfig, ...work } };
  return { StartAt: 'Again', States: { Again: { ...state, Retry, End: true } } };
}

async function takeTask(client: SFNClient, activityArn: string): Promise<string> {
  const { taskToken = '' } = await client.send(new GetActivityTaskCommand({ activityArn }));
  return taskToken;
}

async function fail(client: SFNClient, taskToken: string): Promise<void> {
  await client.send(new SendTaskFailureCommand({ taskToken, error: 'NotToday' }));
}
