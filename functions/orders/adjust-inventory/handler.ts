import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { safeParse } from 'valibot';
import { cancellationCodes, documents, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { callerIdentity, readBody } from '../../shared/http-request.ts';
import { badRequest, jsonResponse, notFound } from '../../shared/http-response.ts';
import { IdSchema } from '../order-schema.ts';
import {
  type Adjustment,
  AdjustmentSchema,
  adjustTransaction,
  LedgerEntrySchema,
  refusalOf,
  StockSchema,
} from './adjust-inventory.ts';

const tables = {
  ledger: requiredVariable('INVENTORY_LEDGER_TABLE'),
  inventory: requiredVariable('INVENTORY_TABLE'),
};

/** Changes the stock of an item once for each adjustment's id, however often it is asked. */
export const handler = httpHandler(async (request) => {
  const sku = safeParse(IdSchema, request.pathParameters?.['sku']);
  if (!sku.success) return notFound('Item');
  const body = readBody(request, AdjustmentSchema);
  if (!body.ok) return badRequest(body.problems);
  const by = { caller: callerIdentity(request) ?? 'unknown', at: new Date().toISOString() };
  try {
    const transaction = adjustTransaction(tables, sku.output, body.value, by);
    await documents.send(new TransactWriteCommand(transaction));
  } catch (error) {
    const refusal = refusalOf(cancellationCodes(error) ?? []);
    if (refusal === undefined) throw error;
    if (refusal === 'too-little') return tooLittle(sku.output);
    return known(sku.output, body.value);
  }
  return adjusted(sku.output, body.value);
});

async function adjusted(
  sku: string,
  { adjustmentId }: Adjustment,
): Promise<APIGatewayProxyStructuredResultV2> {
  return jsonResponse(200, { sku, adjustmentId, available: await availableOf(sku) });
}

async function tooLittle(sku: string): Promise<APIGatewayProxyStructuredResultV2> {
  const available = await availableOf(sku);
  return jsonResponse(409, { message: `Only ${available} of ${sku} are available`, available });
}

async function known(
  sku: string,
  adjustment: Adjustment,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { adjustmentId, change } = adjustment;
  const entry = await readItem(tables.ledger, { sku, adjustmentId }, LedgerEntrySchema);
  if (entry?.change === change) return adjusted(sku, adjustment);
  const message = `The adjustment ${adjustmentId} of ${sku} is already made, by ${entry?.change}`;
  return jsonResponse(409, { message });
}

async function availableOf(sku: string): Promise<number> {
  return (await readItem(tables.inventory, { sku }, StockSchema))?.available ?? 0;
}
