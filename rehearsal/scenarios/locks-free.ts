import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { difference, expectationKind, type Stage, sortedText } from 'signalbox';
import * as v from 'valibot';

/** No target of a failover stays locked that was not locked before. */
export const locksFree = expectationKind(v.literal(true), async (_, { stage }) => {
  const earlier = await readHeldLocks(stage);
  return async () => {
    const locks = await readHeldLocks(stage);
    const found = locks.filter((target) => !earlier.includes(target));
    return { found, differences: difference('locks held', 'none', sortedText(found)) };
  };
});

async function readHeldLocks({ client, physicalId }: Stage): Promise<readonly string[]> {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const held: string[] = [];
  const TableName = physicalId('FailoverLocksTable');
  for await (const { Items = [] } of paginateScan({ client: tables }, { TableName })) {
    held.push(...Items.filter(({ holder }) => holder).map(({ target }) => String(target)));
  }
  return held;
}
