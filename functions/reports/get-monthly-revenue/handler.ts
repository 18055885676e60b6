import { httpHandler } from '../../shared/http-handler.ts';
import { badRequest, jsonResponse } from '../../shared/http-response.ts';
import { query } from '../data-api.ts';
import {
  MONTHLY_REVENUE,
  RevenueSchema,
  readMonths,
  revenueParameters,
} from './get-monthly-revenue.ts';

/** Returns the revenue of each month and currency. */
export const handler = httpHandler(async (request) => {
  const months = readMonths(request, new Date());
  if (!months.ok) return badRequest(months.problems);
  const revenue = await query(RevenueSchema, MONTHLY_REVENUE, revenueParameters(months.value));
  return jsonResponse(200, { revenue });
});
