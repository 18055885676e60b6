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
  const client = new SFNClient(rehearsal.client);
  const ends: MachineEnd[] = [];
  for (const { arn, name, type } of rehearsal.app().stateMachines) {
    const before = bugs.length;
    const failure = await failureOf(client, rehearsal, `${arn}#${TEST_CASE}`, type);
    ends.push({ machine: name, failure: bugs.length > before ? `bug: ${bugs[before]}` : failure });
  }
  client.destroy();
  return ends;
}

async function failureOf(
  client: SFNClient,
  rehearsal: Rehearsal,
  stateMachineArn: string,
  type: 'STANDARD' | 'EXPRESS',
): Promise<string | undefined> {
  try {
    if (type === 'EXPRESS') {
      const command = new StartSyncExecutionCommand({ stateMachineArn, input: '{}' });
      await client.send(command, { abortSignal: AbortSignal.timeout(PATIENCE_MS) });
      return undefined;
    }
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: '{}' }),
    );
    await Promise.race([rehearsal.settled(), patience()]);
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' ? 'it waits for somebody, or hangs' : undefined;
  } catch (error) {
    return String(error);
  }
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS).unref();
  });
}
