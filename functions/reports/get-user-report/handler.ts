import { httpHandler } from '../../shared/http-handler.ts';
import { jsonResponse, notFound } from '../../shared/http-response.ts';
import { cached } from '../cached.ts';
import { query } from '../data-api.ts';
import { text } from '../sql-parameter.ts';
import {
  requestedUserId,
  USER_REPORT,
  type UserReport,
  UserReportSchema,
} from './get-user-report.ts';

/** Returns a user with what became of their orders; where a cache is configured, a minute old at most. */
export const handler = httpHandler(async (request) => {
  const userId = requestedUserId(request);
  if (userId === undefined) return notFound('User');
  const { user } = await cached(`user:${userId}`, async () => ({ user: await readUser(userId) }));
  return user === null ? notFound('User') : jsonResponse(200, user);
});

async function readUser(userId: string): Promise<UserReport | null> {
  const [user] = await query(UserReportSchema, USER_REPORT, [text('userId', userId)]);
  return user ?? null;
}
