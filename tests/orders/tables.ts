import type { GetItemCommandOutput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { OPEN } from '../../functions/orders/stored-order.ts';
import { openOrdersQuery } from '../../functions/orders/sweep-open-orders/sweep-open-orders.ts';
import { plainItem } from '../../packages/signalbox/src/console/server/own-pages/plain-item.ts';
import type { OrderStage } from './order-stage.ts';

/*
 * The tables of orders, in the rehearsal's own process: nothing is signed or sent. A run reads so often
 * that it was most of what it cost.
 */

/** Reads an item, by the table's logical id. */
export async function itemOf(
  { stage }: Pick<OrderStage, 'stage'>,
  table: string,
  key: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const Key = Object.fromEntries(Object.entries(key).map(([name, S]) => [name, { S }]));
  const input = { TableName: stage.physicalId(table), Key, ConsistentRead: true };
  const { Item }: Partial<GetItemCommandOutput> = await stage.call('dynamodb', 'GetItem', input);
  return Item && plainItem(Item);
}

/** Writes how many pieces of a stock item there are. */
export async function putStock(
  { stage }: Pick<OrderStage, 'stage'>,
  sku: string,
  available: number,
): Promise<void> {
  const Item = { sku: { S: sku }, available: { N: String(available) } };
  await stage.call('dynamodb', 'PutItem', { TableName: stage.physicalId('InventoryTable'), Item });
}

/** The orders that are open, as the index says that the sweep reads. */
export async function openOrders({
  stage,
}: Pick<OrderStage, 'stage'>): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { Items = [] }: Partial<QueryCommandOutput> = await stage.call('dynamodb', 'Query', {
    ...openOrdersQuery(stage.physicalId('OrdersTable')),
    ExpressionAttributeValues: { ':open': { S: OPEN } },
  });
  return Items.map(plainItem);
}
