import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { array, parse } from 'valibot';
import { documents } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { badRequest, jsonResponse } from '../../shared/http-response.ts';
import { orderView, StoredOrderSchema } from '../stored-order.ts';
import { lastKey, ordersQuery, pageToken, readPageRequest } from './list-user-orders.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Returns a page of a user's orders, newest first. */
export const handler = httpHandler(async (request) => {
  const page = readPageRequest(request);
  if (!page.ok) return badRequest(page.problems);
  const { Items, LastEvaluatedKey } = await documents.send(
    new QueryCommand(ordersQuery(ordersTable, page.value)),
  );
  const next = lastKey(LastEvaluatedKey);
  return jsonResponse(200, {
    orders: parse(array(StoredOrderSchema), Items ?? []).map(orderView),
    ...(next === undefined ? {} : { nextToken: pageToken(next) }),
  });
});
