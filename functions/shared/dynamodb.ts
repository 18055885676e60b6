import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type GenericSchema, type InferOutput, parse } from 'valibot';

/** The function's DynamoDB client, made once per execution environment. */
export const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});

/**
 * Reads one item with strong consistency; undefined when there is none.
 * @throws {ValiError} When the item does not have the expected shape.
 */
export async function readItem<Schema extends GenericSchema>(
  tableName: string,
  key: Readonly<Record<string, string>>,
  schema: Schema,
): Promise<InferOutput<Schema> | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName, Key: { ...key }, ConsistentRead: true }),
  );
  return Item === undefined ? undefined : parse(schema, Item);
}

/** Returns whether an error is a refused condition. */
export function isConditionRefused(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException;
}

/**
 * Reads why a transaction was cancelled, one code for each of its items in their order
 * (`None`, `ConditionalCheckFailed`, `TransactionConflict`, …); undefined for any other error.
 */
export function cancellationCodes(error: unknown): readonly string[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
}
