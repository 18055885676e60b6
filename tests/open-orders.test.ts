import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DisableRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openOrdersQuery } from '../functions/orders/sweep-open-orders/sweep-open-orders.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

let rehearsal: StartedRehearsal;
let states: SFNClient;
let tables: DynamoDBDocumentClient;

beforeAll(async () => {
  rehearsal = await startRehearsal();
  const { client } = rehearsal.stage;
  states = new SFNClient(client);
  tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  // The event of which EventBridge promises nothing is lost, every time.
  const Name = rehearsal.stage.physicalId('OrderReconciliationStateMachineOrderEndedBadly');
  await new EventBridgeClient(client).send(new DisableRuleCommand({ Name }));
});
afterAll(() => rehearsal?.runtime.close());

describe('an order whose execution was stopped, and the event of that was lost,', () => {
  test('is found by the sweep, and given back whole', async () => {
    const arn = await stoppedBeforeItsCarrier('ord-aborted-order');
    expect(await orderOf('ord-aborted-order')).toMatchObject({ status: 'PROCESSING' });

    await sweep();

    const order = await orderOf('ord-aborted-order');
    expect(order).toMatchObject({ status: 'FAILED', executionArn: arn });
    expect(order?.['failure']).toMatchObject({ error: 'ExecutionAborted' });
    expect(await openOrders()).toEqual([]);
  });

  test('is let alone when the sweep comes again', async () => {
    const before = await reconciliations();

    await sweep();

    expect(await reconciliations()).toEqual(before);
  });
});

async function stoppedBeforeItsCarrier(orderId: string): Promise<string> {
  const entries = JSON.parse(readFileSync('scenarios/orders/entries/aborted-order.json', 'utf8'));
  const bus = new EventBridgeClient(rehearsal.stage.client);
  await bus.send(new PutEventsCommand({ Entries: entries }));
  await rehearsal.stage.settled();
  const executionArn = String((await orderOf(orderId))?.['executionArn']);
  await states.send(new StopExecutionCommand({ executionArn }));
  const { status } = await states.send(new DescribeExecutionCommand({ executionArn }));
  expect(status).toBe('ABORTED');
  return executionArn;
}

async function sweep(): Promise<void> {
  await rehearsal.stage.runSchedule('SweepOpenOrdersFunctionEveryFiveMinutes');
  await rehearsal.stage.settled();
}

async function reconciliations(): Promise<readonly unknown[]> {
  const stateMachineArn = rehearsal.stage.physicalId('OrderReconciliationStateMachine');
  const list = new ListExecutionsCommand({ stateMachineArn });
  return (await states.send(list)).executions?.map(({ name }) => name) ?? [];
}

async function orderOf(orderId: string): Promise<Record<string, unknown> | undefined> {
  const get = new GetCommand({ TableName: ordersTable(), Key: { orderId } });
  return (await tables.send(get)).Item;
}

async function openOrders(): Promise<readonly unknown[]> {
  const query = new QueryCommand(openOrdersQuery(ordersTable()));
  return (await tables.send(query)).Items ?? [];
}

function ordersTable(): string {
  return rehearsal.stage.physicalId('OrdersTable');
}
