import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'valibot';
import { documents } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { readBody } from '../../shared/http-request.ts';
import { badRequest, jsonResponse, notFound } from '../../shared/http-response.ts';
import { requestedUserId, UserSchema } from '../get-user/get-user.ts';
import { PutUserSchema, userUpdate } from './put-user.ts';

const usersTable = requiredVariable('USERS_TABLE');

/** Writes one user whole, however often it is asked. */
export const handler = httpHandler(async (request) => {
  const userId = requestedUserId(request);
  if (userId === undefined) return notFound('User');
  const body = readBody(request, PutUserSchema);
  if (!body.ok) return badRequest(body.problems);
  const update = userUpdate(usersTable, userId, body.value, new Date().toISOString());
  const { Attributes } = await documents.send(new UpdateCommand(update));
  return jsonResponse(200, parse(UserSchema, Attributes));
});
