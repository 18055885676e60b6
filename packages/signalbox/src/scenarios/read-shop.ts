import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ShopState } from './scenario-result.ts';
import type { Stage } from './stage.ts';

/** Reads what became of some orders and SKUs. */
export async function readShop(
  stage: Stage,
  orderIds: readonly string[],
  skus: readonly string[],
): Promise<ShopState> {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(stage.client));
  const orders = await readItems(tables, stage.physicalId('OrdersTable'), 'orderId', orderIds);
  const stock = await readItems(tables, stage.physicalId('InventoryTable'), 'sku', skus);
  return {
    orders: Object.fromEntries(orders.map((item) => [item['orderId'], String(item['status'])])),
    compensationFailures: orders.flatMap(failedSteps),
    stock: Object.fromEntries(stock.map((item) => [item['sku'], Number(item['available'])])),
    payments: Object.fromEntries(orderIds.map((orderId) => [orderId, stage.paymentOf(orderId)])),
  };
}

type Item = Readonly<Record<string, unknown>>;

async function readItems(
  tables: DynamoDBDocumentClient,
  TableName: string,
  key: string,
  values: readonly string[],
): Promise<readonly Item[]> {
  const answers = await Promise.all(
    values.map((value) =>
      tables.send(new GetCommand({ TableName, Key: { [key]: value }, ConsistentRead: true })),
    ),
  );
  return answers.flatMap(({ Item }) => Item ?? []);
}

function failedSteps({ compensationFailures }: Item): readonly string[] {
  if (!Array.isArray(compensationFailures)) return [];
  return compensationFailures.map((failure: { readonly step?: string }) => String(failure.step));
}
