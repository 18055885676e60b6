import { paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import type { Tool } from '../tool.ts';
import { allMachines } from './find-machine.ts';

/** Lists the workflows with what became of their executions. */
export const listWorkflows: Tool = {
  name: 'list_workflows',
  description:
    'List the Step Functions state machines of the project, with the number of their executions by status.',
  arguments: {},
  isReadOnly: true,
  async run({ client, endpoint }) {
    const states = new SFNClient(client);
    const workflows = await Promise.all(
      (await allMachines(states)).map(async ({ name, stateMachineArn, type }) => ({
        name,
        stateMachineArn,
        type,
        // AWS lists no executions of express workflows.
        executions: type === 'EXPRESS' ? {} : await countByStatus(states, stateMachineArn),
      })),
    );
    return { endpoint, workflows };
  },
};

async function countByStatus(
  client: SFNClient,
  stateMachineArn: string | undefined,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for await (const page of paginateListExecutions({ client }, { stateMachineArn })) {
    for (const { status = 'RUNNING' } of page.executions ?? []) {
      counts[status] = (counts[status] ?? 0) + 1;
    }
  }
  return counts;
}
