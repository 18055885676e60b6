import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { type Disk, localDisk } from '../../store/disk.ts';
import { openJournal } from '../../store/journal.ts';
import { type DynamoDb, openDynamoDb } from './dynamodb.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };

let root: string;
let file: string;

beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'signalbox-tables-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));
beforeEach(() => {
  file = join(fs.mkdtempSync(join(root, 'store-')), 'tables.jsonl');
});

async function open(disk: Disk = localDisk, clock = createTestClock()): Promise<DynamoDb> {
  return openDynamoDb({
    clock,
    region: 'eu-central-1',
    accountId: '123456789012',
    openTables: (reader) => openJournal({ file, disk, say: () => {}, ...reader }),
  });
}

function stockTable(hash = 'sku') {
  return {
    createTable: {
      TableName: 'Stock',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: hash, AttributeType: 'S' },
        { AttributeName: 'shelf', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'ByShelf',
          KeySchema: [{ AttributeName: 'shelf', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  };
}

async function run(dynamoDb: DynamoDb, action: string, input: object): Promise<object> {
  return dynamoDb.service.actions[action]?.({ TableName: 'Stock', ...input }, caller) ?? {};
}

const lamp = { sku: { S: 'lamp' }, shelf: { S: 'a' }, n: { N: '1' } };
const move = (sku: string, shelf: string) => ({
  Put: { TableName: 'Stock', Item: { sku: { S: sku }, shelf: { S: shelf } } },
});

/** The skus in the table and those that its index finds on two shelves. */
async function skus(dynamoDb: DynamoDb): Promise<readonly string[]> {
  const scanned = await run(dynamoDb, 'Scan', {});
  const found = ['a', 'b'].map((shelf) =>
    run(dynamoDb, 'Query', {
      IndexName: 'ByShelf',
      KeyConditionExpression: 'shelf = :shelf',
      ExpressionAttributeValues: { ':shelf': { S: shelf } },
    }),
  );
  const outputs = [scanned, ...(await Promise.all(found))];
  return outputs.map((output) => {
    const matches = [...JSON.stringify(output).matchAll(/"sku":\{"S":"(\w+)"/g)];
    return matches
      .map(([, sku]) => sku)
      .sort()
      .join();
  });
}

describe('tables in a store', () => {
  test('are there again with their items and indexes', async () => {
    const first = await open();
    await first.createTable(stockTable());
    await run(first, 'PutItem', { Item: lamp });
    await first.close();

    const second = await open();
    await second.createTable(stockTable());
    expect(await run(second, 'GetItem', { Key: { sku: lamp.sku } })).toEqual({ Item: lamp });
    expect(await skus(second)).toEqual(['lamp', 'lamp', '']);
    await second.close();
  });

  test('are refused to a template that has other keys', async () => {
    const first = await open();
    await first.createTable(stockTable());
    await first.close();

    const second = await open();
    await expect(second.createTable(stockTable('other'))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('other keys'),
    });
    await second.close();
  });

  test('have the whole of a transaction or nothing of it, wherever its write breaks off', async () => {
    const first = await open();
    await first.createTable(stockTable());
    await run(first, 'PutItem', { Item: lamp });
    const before = fs.readFileSync(file);
    await run(first, 'TransactWriteItems', {
      TransactItems: [move('lamp', 'b'), move('sofa', 'a'), move('vase', 'b')],
    });
    await first.close();
    const after = fs.readFileSync(file);

    // The line is written before the number of bytes in the header, so a kill leaves the old number.
    for (let length = before.length; length <= after.length; length += 1) {
      fs.writeFileSync(file, after.subarray(0, length));
      fs.writeFileSync(file, before.subarray(0, 60), { flag: 'r+' });
      const again = await open();
      const whole = length === after.length;
      expect({ length, skus: await skus(again) }).toEqual({
        length,
        skus: whole ? ['lamp,sofa,vase', 'sofa', 'lamp,vase'] : ['lamp', 'lamp', ''],
      });
      await again.close();
    }
  });

  test('know the token of a transaction for ten minutes, and make it once', async () => {
    const add = {
      TransactItems: [
        {
          Update: {
            TableName: 'Stock',
            Key: { sku: { S: 'lamp' } },
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ],
      ClientRequestToken: 'once',
    };
    const amount = async (tables: DynamoDb): Promise<object> =>
      run(tables, 'GetItem', { Key: { sku: { S: 'lamp' } }, ProjectionExpression: 'n' });
    const clock = createTestClock();
    const first = await open(localDisk, clock);
    await first.createTable(stockTable());
    await run(first, 'TransactWriteItems', add);
    await first.close();

    const second = await open(localDisk, clock);
    await run(second, 'TransactWriteItems', add);
    expect(await amount(second)).toEqual({ Item: { n: { N: '1' } } });
    await clock.advance(600_000);
    await run(second, 'TransactWriteItems', add);
    expect(await amount(second)).toEqual({ Item: { n: { N: '2' } } });
    await second.close();
  });

  test('refuse a write that the full disk does not take, and have all before it', async () => {
    let isFull = false;
    const disk: Disk = {
      ...localDisk,
      write(...given) {
        if (isFull) throw Object.assign(new Error('write'), { code: 'ENOSPC' });
        localDisk.write(...given);
      },
    };
    const first = await open(disk);
    await first.createTable(stockTable());
    await run(first, 'PutItem', { Item: lamp });
    isFull = true;
    const refused = { name: 'InternalFailure', message: expect.stringContaining('(ENOSPC)') };
    const TransactItems = [move('lamp', 'b'), move('sofa', 'a')];
    await expect(run(first, 'TransactWriteItems', { TransactItems })).rejects.toMatchObject(
      refused,
    );
    await expect(
      run(first, 'PutItem', { Item: { ...lamp, shelf: { S: 'b' } } }),
    ).rejects.toMatchObject(refused);
    expect(await skus(first)).toEqual(['lamp', 'lamp', '']);
    isFull = false;
    await run(first, 'PutItem', { Item: { sku: { S: 'sofa' } } });
    await first.close();

    const second = await open();
    expect(await skus(second)).toEqual(['lamp,sofa', 'lamp', '']);
    await second.close();
  });
});
