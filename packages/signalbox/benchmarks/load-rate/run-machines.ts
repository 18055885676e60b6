import { writeFileSync } from 'node:fs';
import {
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Rehearsal } from '../../src/create-rehearsal.ts';
import { mocksOf, TEST_CASE } from './mocks-of.ts';

/** How an execution of a machine went. */
export interface MachineEnd {
  readonly machine: string;
  /** Why it came to no end; undefined where it ended, however. */
  readonly failure: string | undefined;
  /** Whether it ended well, with what the mocks returned. */
  readonly hasSucceeded: boolean;
}

/** Longer than anything takes that skips time. */
const PATIENCE_MS = 10_000;

/** Starts an execution of each machine without input, and waits for its end. */
export async function runMachines(
  rehearsal: Rehearsal,
  mockFile: string,
  bugs: readonly string[],
): Promise<readonly MachineEnd[]> {
  writeFileSync(mockFile, JSON.stringify(mocksOf(rehearsal.app())));
  const client = new SFNClient({ ...rehearsal.client, disableHostPrefix: true });
  const ends: MachineEnd[] = [];
  for (const { arn, name, type } of rehearsal.app().stateMachines) {
    const before = bugs.length;
    const end = await endOf(client, rehearsal, `${arn}#${TEST_CASE}`, type);
    const failure = bugs.length > before ? `bug: ${bugs[before]}` : end.failure;
    ends.push({ machine: name, failure, hasSucceeded: end.status === 'SUCCEEDED' });
  }
  client.destroy();
  return ends;
}

/** How an execution stands, or why there is none. */
interface End {
  readonly status: string | undefined;
  readonly failure: string | undefined;
}

async function endOf(
  client: SFNClient,
  rehearsal: Rehearsal,
  stateMachineArn: string,
  type: 'STANDARD' | 'EXPRESS',
): Promise<End> {
  try {
    if (type === 'EXPRESS') {
      const command = new StartSyncExecutionCommand({ stateMachineArn, input: '{}' });
      const abortSignal = AbortSignal.timeout(PATIENCE_MS);
      const { status } = await client.send(command, { abortSignal });
      return { status, failure: undefined };
    }
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: '{}' }),
    );
    await Promise.race([rehearsal.settled(), patience()]);
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    const isRunning = status === 'RUNNING';
    return { status, failure: isRunning ? 'it waits for somebody, or hangs' : undefined };
  } catch (error) {
    return { status: undefined, failure: String(error) };
  }
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS).unref();
  });
}
