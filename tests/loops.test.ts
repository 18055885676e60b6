import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateStateMachineCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StartedRehearsal, startRehearsal } from './start-rehearsal.ts';

const roleArn = 'arn:aws:iam::123456789012:role/echo';
const ENTRY = { Source: 'test.echo', DetailType: 'Echo', Detail: {} };

const DEFINITION = {
  QueryLanguage: 'JSONata',
  StartAt: 'SayAgain',
  States: {
    SayAgain: {
      Type: 'Task',
      Resource: 'arn:aws:states:::events:putEvents',
      Arguments: { Entries: [ENTRY] },
      End: true,
    },
  },
};

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal();
});
afterAll(() => rehearsal?.runtime.close());

describe('a rule whose workflow puts the event that it matches', () => {
  test('is stopped, and says so', async () => {
    const { stage, runtime, said } = rehearsal;
    const states = new SFNClient(stage.client);
    const events = new EventBridgeClient(stage.client);
    const definition = JSON.stringify(DEFINITION);
    const { stateMachineArn } = await states.send(
      new CreateStateMachineCommand({ name: 'echo', definition, roleArn }),
    );
    await events.send(
      new PutRuleCommand({ Name: 'echo', EventPattern: '{"source": ["test.echo"]}' }),
    );
    const target = { Id: 'echo', Arn: stateMachineArn, RoleArn: roleArn };
    await events.send(new PutTargetsCommand({ Rule: 'echo', Targets: [target] }));

    await events.send(new PutEventsCommand({ Entries: [{ ...ENTRY, Detail: '{}' }] }));
    await runtime.settled();

    const { executions } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toHaveLength(16);
    expect(said).toContainEqual(
      expect.stringContaining(
        'What rule echo starts puts events that it matches, 16 times over by now: the loop ends here',
      ),
    );
  });
});
