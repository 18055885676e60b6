// With node:test, as here, or with Vitest or Jest: only this import differs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { createRehearsal } from 'signalbox';

let rehearsal;

before(async () => {
  rehearsal = await createRehearsal({ root: import.meta.dirname });
});
after(() => rehearsal.close());

test('a visitor is greeted by name', async () => {
  await rehearsal.putEvents([
    { Source: 'hello.door', DetailType: 'VisitorArrived', Detail: '{"name":"Ada"}' },
  ]);
  // Every execution has ended, or waits for somebody: the minute that it waits is skipped.
  await rehearsal.settled();

  const states = new SFNClient(rehearsal.client);
  const stateMachineArn = rehearsal.physicalId('GreetingStateMachine');
  const { executions } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
  const { executionArn } = executions[0];
  const { output } = await states.send(new DescribeExecutionCommand({ executionArn }));
  assert.deepEqual(JSON.parse(output), { greeting: 'Hello, Ada!' });
});
