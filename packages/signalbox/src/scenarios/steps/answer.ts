import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import * as v from 'valibot';
import { readHistory } from '../../cli/commands/history.ts';
import { pendingToken } from '../../cli/pending-token.ts';
import { fields, Text } from '../../core/schema/schema.ts';
import { JsonValue } from '../json-value.ts';
import { stepKind } from '../scenario-extension.ts';

const Failure = fields({ error: v.optional(Text), cause: v.optional(Text) });

/** Returns the task token that an execution waits for in a state, with an output or an error. */
export const answer = stepKind(
  v.union(
    [fields({ state: Text, success: JsonValue }), fields({ state: Text, failure: Failure })],
    'Write {"state", "success": output} or {"state", "failure": {"error", "cause"}}',
  ),
  async (value, { stage, executionsIn, omit }) => {
    const client = new SFNClient(stage.client);
    const found = await executionsIn(value.state);
    if (found.length === 0)
      omit(`no execution came into ${value.state}, so that none was answered`);
    for (const { executionArn, name } of found) {
      const taskToken = pendingToken(await readHistory(client, executionArn));
      if (taskToken === undefined) omit(`${name} waits for no task token in ${value.state}`);
      else if ('failure' in value) {
        await client.send(new SendTaskFailureCommand({ taskToken, ...value.failure }));
      } else {
        const output = JSON.stringify(value.success);
        await client.send(new SendTaskSuccessCommand({ taskToken, output }));
      }
    }
  },
);
