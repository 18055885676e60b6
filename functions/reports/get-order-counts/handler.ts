import { httpHandler } from '../../shared/http-handler.ts';
import { badRequest, jsonResponse } from '../../shared/http-response.ts';
import { cached } from '../cached.ts';
import { query } from '../data-api.ts';
import { readPage } from '../page-request.ts';
import {
  ORDER_COUNTS,
  OrderCountSchema,
  orderCountParameters,
  pageOfCounts,
  RowKeySchema,
} from './get-order-counts.ts';

/** Returns a page of users with their numbers of orders; where a cache is configured, a minute old at most. */
export const handler = httpHandler(async (request) => {
  const page = readPage(request, RowKeySchema);
  if (!page.ok) return badRequest(page.problems);
  const { limit } = page.value;
  const key = `order-counts:${JSON.stringify(page.value)}`;
  const answer = await cached(key, async () =>
    pageOfCounts(
      await query(OrderCountSchema, ORDER_COUNTS, orderCountParameters(page.value)),
      limit,
    ),
  );
  return jsonResponse(200, answer);
});
