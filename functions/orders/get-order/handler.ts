import { readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { jsonResponse, notFound } from '../../shared/http-response.ts';
import { logger } from '../../shared/logger.ts';
import { orderView, StoredOrderSchema } from '../stored-order.ts';
import { requestedOrderId } from './get-order.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Returns one order; 404 also in the moment between its acceptance and its claim. */
export const handler = httpHandler(async (request) => {
  const orderId = requestedOrderId(request);
  if (orderId === undefined) return notFound('Order');
  logger.setCorrelationId(orderId);
  const order = await readItem(ordersTable, { orderId }, StoredOrderSchema);
  return order === undefined ? notFound('Order') : jsonResponse(200, orderView(order));
});
