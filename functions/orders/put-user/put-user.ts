import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  email,
  type InferOutput,
  maxLength,
  minLength,
  optional,
  pipe,
  strictObject,
  string,
} from 'valibot';

/** The body of a request: the whole user, but for the id, which is the path's. */
export const PutUserSchema = strictObject({
  name: pipe(string(), minLength(1, 'Is empty'), maxLength(120, 'Has more than 120 characters')),
  email: optional(
    pipe(
      string(),
      email('Is not an e-mail address'),
      maxLength(254, 'Has more than 254 characters'),
    ),
  ),
});

/** Writes the user whole; the time at which it first came stays. */
export function userUpdate(
  tableName: string,
  userId: string,
  { name, email: address }: InferOutput<typeof PutUserSchema>,
  now: string,
): UpdateCommandInput {
  const set = 'SET #name = :name, createdAt = if_not_exists(createdAt, :now)';
  return {
    TableName: tableName,
    Key: { userId },
    UpdateExpression: address === undefined ? `${set} REMOVE email` : `${set}, email = :email`,
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: {
      ':name': name,
      ':now': now,
      ...(address === undefined ? {} : { ':email': address }),
    },
    ReturnValues: 'ALL_NEW',
  };
}
