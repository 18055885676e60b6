import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, string } from 'valibot';
import { OrderPlacedSchema } from '../order-schema.ts';
import { type StoredOrder, toStoredOrder } from '../stored-order.ts';

/** The input from the workflow: `claimedAt` in ISO 8601. */
export const ClaimOrderSchema = object({
  order: OrderPlacedSchema,
  payloadHash: string(),
  executionArn: string(),
  claimedAt: string(),
});

/** Whose the order is: this execution's, already somebody's, or somebody's with other content. */
export type ClaimOutcome = 'claimed' | 'duplicate' | 'conflict';

/** Writes the order unless its id is taken. */
export function claimPut(
  tableName: string,
  { order, ...claim }: InferOutput<typeof ClaimOrderSchema>,
): PutCommandInput {
  return {
    TableName: tableName,
    Item: toStoredOrder(order, claim),
    ConditionExpression: 'attribute_not_exists(orderId)',
  };
}

/**
 * Says what an order that is already there means. The execution's own claim is `claimed`: its first
 * attempt wrote it and lost the answer.
 */
export function claimOutcome(
  existing: Pick<StoredOrder, 'payloadHash' | 'executionArn'>,
  claim: { readonly payloadHash: string; readonly executionArn: string },
): ClaimOutcome {
  if (existing.executionArn === claim.executionArn) return 'claimed';
  return existing.payloadHash === claim.payloadHash ? 'duplicate' : 'conflict';
}
