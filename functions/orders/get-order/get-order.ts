import { safeParse } from 'valibot';
import type { HttpRequest } from '../../shared/http-request.ts';
import { IdSchema } from '../order-schema.ts';

/** Reads the order's id from the path; undefined when it cannot be one. */
export function requestedOrderId(request: HttpRequest): string | undefined {
  const parsed = safeParse(IdSchema, request.pathParameters?.['orderId']);
  return parsed.success ? parsed.output : undefined;
}
