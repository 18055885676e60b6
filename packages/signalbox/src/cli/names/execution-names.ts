import {
  type ExecutionListItem,
  ListExecutionsCommand,
  paginateListStateMachines,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { ClientOptions } from '../../core/client-options.ts';
import { startMs } from '../find-execution.ts';

/** Of each state machine: nobody reads more in a list to choose from. */
const NEWEST = 40;

/** The names of the newest executions, newest first; of each state machine its newest alone are asked for. */
export async function executionNames(options: ClientOptions): Promise<readonly string[]> {
  const client = new SFNClient(options);
  const asked: Promise<readonly ExecutionListItem[]>[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { stateMachineArn, type } of stateMachines) {
      // AWS lists no executions of those.
      if (type !== 'EXPRESS') asked.push(newest(client, stateMachineArn));
    }
  }
  const all = (await Promise.all(asked)).flat();
  return all.sort((a, b) => startMs(b) - startMs(a)).flatMap(({ name }) => name ?? []);
}

async function newest(
  client: SFNClient,
  stateMachineArn: string | undefined,
): Promise<readonly ExecutionListItem[]> {
  const command = new ListExecutionsCommand({ stateMachineArn, maxResults: NEWEST });
  return (await client.send(command)).executions ?? [];
}
