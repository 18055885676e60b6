import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'valibot';
import { documents } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { readBody } from '../../shared/http-request.ts';
import { badRequest, jsonResponse, notFound } from '../../shared/http-response.ts';
import { putEvents } from '../../shared/put-events.ts';
import { requestedUserId, UserSchema } from '../user.ts';
import { PutUserSchema, userChanged, userUpdate, WrittenUserSchema } from './put-user.ts';

const usersTable = requiredVariable('USERS_TABLE');
const eventBusName = requiredVariable('EVENT_BUS_NAME');

/** Writes one user whole, however often it is asked, and tells the bus. */
export const handler = httpHandler(async (request) => {
  const userId = requestedUserId(request);
  if (userId === undefined) return notFound('User');
  const body = readBody(request, PutUserSchema);
  if (!body.ok) return badRequest(body.problems);
  const now = new Date().toISOString();
  const update = userUpdate(usersTable, userId, body.value, now);
  const { Attributes } = await documents.send(new UpdateCommand(update));
  // Where this fails, the caller asks again: the same user is written, and told of with the next number.
  await putEvents([userChanged(eventBusName, parse(WrittenUserSchema, Attributes), now)]);
  return jsonResponse(200, parse(UserSchema, Attributes));
});
