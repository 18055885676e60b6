import { SFNClient } from '@aws-sdk/client-sfn';
import { graphLines } from '../../console/graph/graph-lines.ts';
import { graphVisits } from '../../console/graph/graph-visits.ts';
import { machineView } from '../../console/server/machine-view.ts';
import { createSdkCall } from '../../console/server/sdk-call.ts';
import { UserError } from '../../core/user-error.ts';
import { foldSteps } from '../../history/steps/fold-steps.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { readHistory } from './history.ts';

/** The width of a graph where it is no terminal's, and at most. */
const WIDTH = 80;

/** `graph`: the way of an execution through its states. */
export const addGraph: AddCommand = (program, sessionOf) => {
  program
    .command('graph <execution>')
    .description(
      'draw the states of an execution and the way that it took: ✓ succeeded, ✗ failed, ! caught, ▶ running, ◷ waiting, ↻ retrying, ■ aborted, · not run',
    )
    .option('--catches', 'each Catch, also those that did not lead on')
    .action(async (id: string, { catches = false }: { readonly catches?: boolean }, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const executionArn = await findExecution(session, id);
      const [view, events] = await Promise.all([
        machineView(createSdkCall(session.client), { executionArn }),
        readHistory(client, executionArn),
      ]);
      const { graph, problems } = view;
      if (graph === undefined) {
        throw new UserError('invalid', `Cannot draw the definition: ${problems[0]?.message}`);
      }
      const { steps } = foldSteps(events);
      const width = Math.min(session.output.layout.width, WIDTH);
      const shown = steps.map(({ id: stepId, name, type, status, enteredMs, exitedMs, error }) => ({
        ...{ id: stepId, name, type, status, error },
        durationMs: exitedMs === undefined ? undefined : exitedMs - enteredMs,
      }));
      session.output.result({ executionArn, graph, steps: shown }, () =>
        graphLines(graph, graphVisits(graph, steps), { width, withCatches: catches }),
      );
    });
};
