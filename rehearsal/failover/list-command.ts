import { type AddCommand, tableOf } from 'signalbox';
import { type ListedFailover, readFailovers } from './read-failovers.ts';

const HEADER = ['ID', 'SCENARIO', 'HOW', 'STARTED', 'OUTCOME', 'EXECUTION'] as const;

/** `failovers`: the failovers that there were, by the ids that approvals and reports know them by. */
export const addFailovers: AddCommand = (program, sessionOf) => {
  program
    .command('failovers')
    .description(
      'list failovers by their ids, newest first, with the execution and the outcome of each',
    )
    .action(async (_options, command) => {
      const session = sessionOf(command);
      const failovers = await readFailovers(session);
      if (failovers.length === 0) session.output.say('There was no failover');
      session.output.result({ failovers }, () => [
        ...tableOf(HEADER, failovers.map(rowOf), {
          ...session.output.layout,
          whole: ['ID', 'EXECUTION'],
        }),
      ]);
    });
};

function rowOf(failover: ListedFailover): readonly string[] {
  const { failoverId, scenario, how, claimedAt, outcome = 'running', execution } = failover;
  return [failoverId, scenario, how, claimedAt, outcome, execution];
}
