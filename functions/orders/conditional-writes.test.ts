import { readFileSync } from 'node:fs';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'valibot';
import { decisionUpdate, deliveredUpdate, expiredUpdate } from '../approvals/approval-decision.ts';
import {
  openTestDatabase,
  type TestDatabase,
  tableWithKey,
  writeResult,
} from '../shared/test-database.ts';
import { cancelUpdate } from './cancel-shipment/cancel-shipment.ts';
import { claimPut } from './claim-order/claim-order.ts';
import { confirmUpdate } from './confirm-order/confirm-order.ts';
import { type FailOrder, failUpdate } from './fail-order/fail-order.ts';
import { lastKey, ordersQuery } from './list-user-orders/list-user-orders.ts';
import { OrderPlacedSchema } from './order-schema.ts';
import { barPut } from './release-stock/release-stock.ts';
import { approvalPutOf } from './request-approval/request-approval.ts';
import { awaitCarrierUpdate, bookUpdate, type ShipOrder } from './ship-order/ship-order.ts';

/* Transactions, which the test database lacks, run in the tests of the whole system. */

const TABLES = [
  {
    ...tableWithKey('Orders', ['orderId']),
    AttributeDefinitions: ['orderId', 'userId', 'placedAt'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S' as const,
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byUser',
        KeySchema: [
          { AttributeName: 'userId', KeyType: 'HASH' as const },
          { AttributeName: 'placedAt', KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'ALL' as const },
      },
    ],
  },
  ...['Reservations', 'Approvals', 'Shipments'].map((name) => tableWithKey(name, ['orderId'])),
];

let database: TestDatabase;
let documents: DynamoDBDocumentClient;

beforeAll(async () => {
  database = await openTestDatabase();
  documents = database.documents;
});
afterAll(() => database.close());
beforeEach(() => database.recreate(TABLES));

const put = (input: PutCommandInput) => writeResult(documents.send(new PutCommand(input)));
const update = (input: UpdateCommandInput) => writeResult(documents.send(new UpdateCommand(input)));

async function read(TableName: string, orderId = 'ord-9d1f20') {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { orderId } }));
  return Item;
}

const REFUSED = 'ConditionalCheckFailedException';
const event: { detail: unknown } = JSON.parse(
  readFileSync('events/orders/order-placed.json', 'utf8'),
);
const order = parse(OrderPlacedSchema, event.detail);
const claim = { order, payloadHash: 'a', executionArn: 'arn:mine', claimedAt: '2026' };
const confirmation = {
  orderId: order.orderId,
  executionArn: 'arn:mine',
  paymentId: 'pay_1',
  trackingId: 'SB1',
  startedAt: '2026',
  confirmedAt: '2027',
};
const failure: FailOrder = {
  orderId: order.orderId,
  executionArn: 'arn:mine',
  failure: { Error: 'OutOfStockError' },
  compensationFailures: [{ step: 'RefundPayment', error: 'E' }],
  undoFrom: 'order',
  failedAt: '2027',
};

describe('the Orders table', () => {
  test('keeps the first claim, and no personal data with it', async () => {
    expect(await put(claimPut('Orders', claim))).toBe('written');
    expect(await put(claimPut('Orders', { ...claim, executionArn: 'arn:other' }))).toBe(REFUSED);

    const stored = await read('Orders');

    expect(stored).toMatchObject({ status: 'PROCESSING', executionArn: 'arn:mine' });
    expect(JSON.stringify(stored)).not.toMatch(/Ada|tok_|neighbours/);
  });

  test('confirms an order once, for its own execution, and then refuses to fail it', async () => {
    await put(claimPut('Orders', claim));

    expect(await update(confirmUpdate('Orders', { ...confirmation, executionArn: 'x' }))).toBe(
      REFUSED,
    );
    expect(await update(confirmUpdate('Orders', confirmation))).toBe('written');
    expect(await update(confirmUpdate('Orders', confirmation))).toBe(REFUSED);
    expect(await update(failUpdate('Orders', failure))).toBe(REFUSED);
  });

  test('fails an order, again if need be, and then refuses to confirm it', async () => {
    await put(claimPut('Orders', claim));

    expect(await update(failUpdate('Orders', { ...failure, executionArn: 'x' }))).toBe(REFUSED);
    expect(await update(failUpdate('Orders', failure))).toBe('written');
    expect(await update(failUpdate('Orders', failure))).toBe('written');
    expect(await update(confirmUpdate('Orders', confirmation))).toBe(REFUSED);
    expect(await read('Orders')).toMatchObject({
      status: 'FAILED',
      failure: { error: 'OutOfStockError', cause: 'No cause was given' },
      compensationFailures: [{ step: 'RefundPayment', error: 'E' }],
    });
  });

  test('does not make an order of a failure', async () => {
    expect(await update(failUpdate('Orders', failure))).toBe(REFUSED);
    expect(await read('Orders')).toBeUndefined();
  });

  test('lists a user’s orders in pages, newest first', async () => {
    for (const day of ['01', '03', '02']) {
      const placedAt = `2026-11-${day}T00:00:00.000Z`;
      await put(
        claimPut('Orders', { ...claim, order: { ...order, orderId: `o-${day}`, placedAt } }),
      );
    }
    const page = { userId: order.userId, limit: 2, after: undefined };

    const first = await documents.send(new QueryCommand(ordersQuery('Orders', page)));
    const after = lastKey(first.LastEvaluatedKey);
    const second = await documents.send(
      new QueryCommand(ordersQuery('Orders', { ...page, after })),
    );

    expect(first.Items?.map((item) => item['orderId'])).toEqual(['o-03', 'o-02']);
    expect(second.Items?.map((item) => item['orderId'])).toEqual(['o-01']);
    expect(second.LastEvaluatedKey).toBeUndefined();
  });
});

describe('the Reservations table', () => {
  test('is barred once', async () => {
    expect(await put(barPut('Reservations', 'ord-9d1f20'))).toBe('written');
    expect(await put(barPut('Reservations', 'ord-9d1f20'))).toBe(REFUSED);
  });
});

describe('the Approvals table', () => {
  const request = {
    taskToken: 'T1',
    executionArn: 'arn:mine',
    orderId: order.orderId,
    userId: order.userId,
    submittedBy: 'alan',
    currency: 'EUR',
    total: 150_000,
    requestedAt: '2026-11-22T09:30:00Z',
    timeoutSeconds: 60,
  };
  const decision = {
    key: { orderId: order.orderId },
    decision: 'approve',
    approver: 'grace',
    comment: '',
    decidedAt: '2026-11-22T09:30:30Z',
  } as const;

  test('takes the token of a retry, and the first answer only', async () => {
    await put(approvalPutOf('Approvals', request));
    expect(await put(approvalPutOf('Approvals', { ...request, taskToken: 'T2' }))).toBe('written');

    expect(await update(decisionUpdate('Approvals', decision))).toBe('written');
    expect(await update(decisionUpdate('Approvals', { ...decision, decision: 'deny' }))).toBe(
      REFUSED,
    );

    expect(await read('Approvals')).toMatchObject({ state: 'APPROVED', taskToken: 'T2' });
    expect(await put(approvalPutOf('Approvals', request))).toBe(REFUSED);
  });

  test('takes no decision of whoever placed the order', async () => {
    await put(approvalPutOf('Approvals', request));

    const own = decisionUpdate('Approvals', { ...decision, approver: 'alan' });
    expect(await update(own)).toBe(REFUSED);
    expect(await read('Approvals')).toMatchObject({ state: 'PENDING' });
    expect(await update(decisionUpdate('Approvals', decision))).toBe('written');
  });

  test('takes no decision where none was asked for', async () => {
    expect(await update(decisionUpdate('Approvals', decision))).toBe(REFUSED);
    expect(await read('Approvals')).toBeUndefined();
  });

  test('forgets the token when the decision is delivered, which cannot expire then', async () => {
    await put(approvalPutOf('Approvals', request));
    await update(decisionUpdate('Approvals', decision));

    expect(await update(deliveredUpdate('Approvals', { orderId: order.orderId }, '2026'))).toBe(
      'written',
    );
    expect(await update(expiredUpdate('Approvals', { orderId: order.orderId }))).toBe(REFUSED);

    expect(await read('Approvals')).not.toHaveProperty('taskToken');
  });

  test('lets a request that expired be made again', async () => {
    await put(approvalPutOf('Approvals', request));

    expect(await update(expiredUpdate('Approvals', { orderId: order.orderId }))).toBe('written');
    expect(await put(approvalPutOf('Approvals', request))).toBe('written');
  });
});

describe('the Shipments table', () => {
  const freight: ShipOrder = { ...order, taskToken: 'T1' };
  const cancel = cancelUpdate('Shipments', { orderId: order.orderId, cancelledAt: '2026' });

  test('books a shipment as often as its message comes', async () => {
    expect(await update(bookUpdate('Shipments', order.orderId, 'SB1', '2026'))).toBe('written');
    expect(await update(bookUpdate('Shipments', order.orderId, 'SB1', '2027'))).toBe('written');
    expect(await read('Shipments')).toMatchObject({ status: 'BOOKED', bookedAt: '2026' });
  });

  test('cancels what is booked, and bars what is not', async () => {
    await update(bookUpdate('Shipments', order.orderId, 'SB1', '2026'));
    expect(await update(cancel)).toBe('written');

    expect(await update(bookUpdate('Shipments', order.orderId, 'SB1', '2027'))).toBe(REFUSED);
    expect(await update(awaitCarrierUpdate('Shipments', freight, '2027'))).toBe(REFUSED);
    expect(await read('Shipments')).toMatchObject({ status: 'CANCELLED' });
  });

  test('keeps the newest token for the carrier, until the order is cancelled', async () => {
    await update(awaitCarrierUpdate('Shipments', freight, '2026'));
    await update(awaitCarrierUpdate('Shipments', { ...freight, taskToken: 'T2' }, '2027'));
    expect(await read('Shipments')).toMatchObject({ taskToken: 'T2', awaitingSince: '2026' });

    await update(cancel);
    expect(await read('Shipments')).not.toHaveProperty('taskToken');
  });
});
