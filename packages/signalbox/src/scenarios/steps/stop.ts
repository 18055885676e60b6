import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { Text } from '../../core/schema/schema.ts';
import { stepKind } from '../scenario-extension.ts';

/** Stops the executions that are in a state, as an operator does. */
export const stopIn = stepKind(Text, async (state, { stage, executionsIn, omit }) => {
  const client = new SFNClient(stage.client);
  const found = await executionsIn(state);
  if (found.length === 0) omit(`no execution came into ${state}, so that none was stopped`);
  for (const { executionArn } of found) {
    const cause = 'An operator pulled the plug';
    await client.send(new StopExecutionCommand({ executionArn, error: 'OperatorAbort', cause }));
  }
});

/** Lets the time pass that executions in a state wait for an answer, which nobody gives. */
export const timeOutIn = stepKind(Text, async (state, { stage, executionsIn, omit }) => {
  const found = await executionsIn(state);
  if (found.length === 0) omit(`no execution came into ${state}, so that none timed out`);
  else stage.nobodyAnswers?.();
});
