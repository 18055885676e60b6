import { describe, expect, test } from '@jest/globals';
import { nextTurn } from '../../core/next-turn.ts';
import { createTestClock } from '../../core/test-clock.ts';
import { openDynamoDb } from './dynamodb.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const TableName = 'Vault';
const KEYS = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const KMSMasterKeyArn = expect.stringMatching(
  /^arn:aws:kms:eu-central-1:123456789012:key\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
);

async function tables() {
  const { service, close } = await openDynamoDb({
    clock: createTestClock(),
    region: 'eu-central-1',
    accountId: '123456789012',
    openTables: undefined,
  });
  const run = async (action: string, input: object): Promise<Record<string, unknown>> => ({
    ...(await service.actions[action]?.({ TableName, ...input }, caller)),
  });
  return { run, close };
}

type Run = Awaited<ReturnType<typeof tables>>['run'];

async function statusOf(run: Run): Promise<unknown> {
  const { Table } = await run('DescribeTable', {}).catch(() => ({ Table: undefined }));
  return Object(Table).TableStatus;
}

async function isThere(run: Run): Promise<void> {
  while ((await statusOf(run)) !== 'ACTIVE') await nextTurn();
}

async function isGone(run: Run): Promise<void> {
  while ((await statusOf(run)) !== undefined) await nextTurn();
}

describe('a table', () => {
  test('has its encryption and class described', async () => {
    const { run, close } = await tables();
    const SSESpecification = { Enabled: true };
    const { TableDescription } = await run('CreateTable', { ...KEYS, SSESpecification });
    const SSEDescription = { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn };
    expect(TableDescription).toMatchObject({ SSEDescription });

    await run('UpdateTable', { TableClass: 'STANDARD_INFREQUENT_ACCESS' });
    const TableClassSummary = { TableClass: 'STANDARD_INFREQUENT_ACCESS' };
    expect(await run('DescribeTable', {})).toMatchObject({
      Table: { SSEDescription, TableClassSummary },
    });

    await run('UpdateTable', { SSESpecification: { Enabled: false } });
    const { Table } = await run('DescribeTable', {});
    expect(Table).toMatchObject({ TableClassSummary });
    expect(Table).not.toHaveProperty('SSEDescription');
    await close();
  });

  test('that is made anew has none of what the old one had', async () => {
    const { run, close } = await tables();
    const key = 'arn:aws:kms:eu-central-1:123456789012:key/mine';
    const SSESpecification = { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key };
    await run('CreateTable', { ...KEYS, SSESpecification, TableClass: 'STANDARD' });
    await isThere(run);
    const { TableDescription } = await run('DeleteTable', {});
    expect(TableDescription).toMatchObject({ SSEDescription: { KMSMasterKeyArn: key } });
    await isGone(run);
    await run('CreateTable', KEYS);
    const { Table } = await run('DescribeTable', {});
    expect(Table).not.toHaveProperty('SSEDescription');
    expect(Table).not.toHaveProperty('TableClassSummary');
    await close();
  });
});
