import { readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { jsonResponse, notFound } from '../../shared/http-response.ts';
import { requestedUserId, UserSchema } from '../user.ts';

const usersTable = requiredVariable('USERS_TABLE');

/** Returns one user. */
export const handler = httpHandler(async (request) => {
  const userId = requestedUserId(request);
  if (userId === undefined) return notFound('User');
  const user = await readItem(usersTable, { userId }, UserSchema);
  return user === undefined ? notFound('User') : jsonResponse(200, user);
});
