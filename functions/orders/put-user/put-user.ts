import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  email,
  type InferOutput,
  maxLength,
  minLength,
  number,
  object,
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

/** Writes the user whole, and counts its changes; the time at which it first came stays. */
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
    UpdateExpression: `${set}${address === undefined ? ' REMOVE email' : ', email = :email'} ADD userVersion :one`,
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: {
      ':name': name,
      ':now': now,
      ':one': 1,
      ...(address === undefined ? {} : { ':email': address }),
    },
    ReturnValues: 'ALL_NEW',
  };
}

/** The user as it was written, with the number of its changes. */
export const WrittenUserSchema = object({
  userId: string(),
  name: string(),
  email: optional(string()),
  userVersion: number(),
});

/** Tells the bus of a user: of two announcements the one with the greater number holds. */
export function userChanged(
  eventBusName: string,
  { userId, userVersion, name, email: address }: InferOutput<typeof WrittenUserSchema>,
  changedAt: string,
): PutEventsRequestEntry {
  const detail = { version: 1, userId, userVersion, name, email: address ?? null, changedAt };
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.orders',
    DetailType: 'UserChanged',
    Detail: JSON.stringify(detail),
  };
}
