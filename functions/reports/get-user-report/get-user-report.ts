import {
  type InferOutput,
  nullable,
  number,
  object,
  pipe,
  regex,
  safeParse,
  string,
} from 'valibot';
import type { HttpRequest } from '../../shared/http-request.ts';

/** A user with what became of their orders. Times in ISO 8601. */
export const UserReportSchema = object({
  userId: string(),
  name: string(),
  orders: number(),
  confirmed: number(),
  /** When the last of them ended; null without any. */
  lastOrderAt: nullable(string()),
});

/** A user with what became of their orders. */
export type UserReport = InferOutput<typeof UserReportSchema>;

/** The row of one user, or none. */
export const USER_REPORT = `SELECT u.user_id AS "userId", u.name, count(o.order_id) AS orders,
  count(o.order_id) FILTER (WHERE o.status = 'CONFIRMED') AS confirmed,
  to_char(max(o.ended_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "lastOrderAt"
FROM users u LEFT JOIN orders o ON o.user_id = u.user_id
WHERE u.user_id = :userId
GROUP BY u.user_id, u.name`;

const UserIdSchema = pipe(string(), regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));

/** Reads the user's id from the path; undefined where it cannot be one. */
export function requestedUserId({ pathParameters }: HttpRequest): string | undefined {
  const parsed = safeParse(UserIdSchema, pathParameters?.['userId']);
  return parsed.success ? parsed.output : undefined;
}
