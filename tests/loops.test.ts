import { readFileSync } from 'node:fs';
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateStateMachineCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

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

describe('a rule whose function puts the event that it matches', () => {
  test('is stopped, and says so', async () => {
    const { stage, runtime, said } = rehearsal;
    const events = new EventBridgeClient(stage.client);
    const input = readFileSync('events/invoke/orders/request-approval.json', 'utf8');
    const FunctionName = stage.physicalId('RequestApprovalFunction');
    const Arn = runtime.app().functions.find(({ name }) => name === FunctionName)?.arn;
    const bus = { EventBusName: stage.physicalId('OrdersBus') };
    const EventPattern = '{"detail-type": ["ApprovalRequested"]}';
    await events.send(new PutRuleCommand({ ...bus, Name: 'ask-again', EventPattern }));
    const Targets = [{ Id: 'ask-again', Arn, Input: input }];
    await events.send(new PutTargetsCommand({ ...bus, Rule: 'ask-again', Targets }));

    const lambda = new LambdaClient(stage.client);
    await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(input) }));
    await runtime.settled();

    const asked = runtime.bus.log
      .events()
      .filter(({ event }) => event['detail-type'] === 'ApprovalRequested');
    expect(asked).toHaveLength(17);
    expect(said).toContainEqual(expect.stringContaining('What rule ask-again starts puts events'));
  });
});
