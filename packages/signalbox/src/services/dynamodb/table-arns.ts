import type { AccountRegion } from '../../core/account-region.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/**
 * The name of a table that is named by its ARN, as DynamoDB takes both.
 * A table of another account or Region stays as it is given: there is none here.
 */
export function tableNameOf(table: string, { region, accountId }: AccountRegion): string {
  const prefix = `arn:aws:dynamodb:${region}:${accountId}:table/`;
  return table.startsWith(prefix) ? table.slice(prefix.length) : table;
}

/** Puts the name of each table wherever an input names it by its ARN. */
export function withTableNames(input: JsonObject, owner: AccountRegion): JsonObject {
  return renamed(input, (table) => tableNameOf(table, owner));
}

function renamed(input: JsonObject, nameOf: (table: string) => string): JsonObject {
  const { TableName, RequestItems, TransactItems } = input;
  return {
    ...input,
    ...(typeof TableName === 'string' && { TableName: nameOf(TableName) }),
    ...(isJsonObject(RequestItems) && {
      RequestItems: Object.fromEntries(
        Object.entries(RequestItems).map(([table, requests]) => [nameOf(table), requests]),
      ),
    }),
    ...(Array.isArray(TransactItems) && {
      TransactItems: TransactItems.map((item) => renamedItem(item, nameOf)),
    }),
  };
}

function renamedItem(item: Json, nameOf: (table: string) => string): Json {
  if (!isJsonObject(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([kind, wish]) => [
      kind,
      isJsonObject(wish) ? renamed(wish, nameOf) : wish,
    ]),
  );
}
