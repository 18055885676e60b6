import { object, optional, safeParse, string } from 'valibot';
import type { HttpRequest } from '../shared/http-request.ts';
import { IdSchema } from './order-schema.ts';

/** A user as the Users table keeps it. */
export const UserSchema = object({
  userId: string(),
  name: string(),
  email: optional(string()),
  createdAt: optional(string()),
});

/** Reads the user's id from the path; undefined when it cannot be one. */
export function requestedUserId(request: HttpRequest): string | undefined {
  const parsed = safeParse(IdSchema, request.pathParameters?.['userId']);
  return parsed.success ? parsed.output : undefined;
}
