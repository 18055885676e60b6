import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  check,
  type InferOutput,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  object,
  optional,
  pipe,
  strictObject,
  string,
} from 'valibot';
import { IdSchema } from '../order-schema.ts';

/** The most that one adjustment adds or takes. */
const MOST = 1_000_000;

/** The body of a request: what comes to the stock or goes, under an id by which it is counted once. */
export const AdjustmentSchema = strictObject({
  adjustmentId: IdSchema,
  change: pipe(
    number(),
    integer('Is not a whole number'),
    minValue(-MOST, `Is below -${MOST}`),
    maxValue(MOST, `Is above ${MOST}`),
    check((change) => change !== 0, 'Is 0, which changes nothing'),
  ),
  reason: pipe(string(), minLength(1, 'Is empty'), maxLength(200, 'Has more than 200 characters')),
});

/** A change of one item's stock. */
export type Adjustment = InferOutput<typeof AdjustmentSchema>;

/** An adjustment as the ledger keeps it. */
export const LedgerEntrySchema = object({
  sku: string(),
  adjustmentId: string(),
  change: number(),
  reason: string(),
});

/** The stock of an item; 0 where it never had any. */
export const StockSchema = object({ available: optional(number(), 0) });

/** Changes the stock and writes the ledger's entry, or does neither; a second time it does neither. */
export function adjustTransaction(
  tables: { readonly ledger: string; readonly inventory: string },
  sku: string,
  { adjustmentId, change, reason }: Adjustment,
  by: { readonly caller: string; readonly at: string },
): TransactWriteCommandInput {
  return {
    TransactItems: [
      {
        Put: {
          TableName: tables.ledger,
          Item: { sku, adjustmentId, change, reason, by: by.caller, at: by.at },
          ConditionExpression: 'attribute_not_exists(adjustmentId)',
        },
      },
      { Update: { TableName: tables.inventory, Key: { sku }, ...stockUpdate(change) } },
    ],
  };
}

/** What is reserved is no longer available: no adjustment takes it away. */
function stockUpdate(change: number) {
  return change > 0
    ? {
        UpdateExpression: 'SET available = if_not_exists(available, :none) + :change',
        ExpressionAttributeValues: { ':none': 0, ':change': change },
      }
    : {
        UpdateExpression: 'SET available = available - :taken',
        ConditionExpression: 'available >= :taken',
        ExpressionAttributeValues: { ':taken': -change },
      };
}

/**
 * Says what a cancelled transaction means, from its codes (the ledger's first, then the stock's);
 * undefined where trying again helps.
 */
export function refusalOf(codes: readonly string[]): 'known' | 'too-little' | undefined {
  const [ledger, stock] = codes;
  if (ledger === 'ConditionalCheckFailed') return 'known';
  return stock === 'ConditionalCheckFailed' ? 'too-little' : undefined;
}
