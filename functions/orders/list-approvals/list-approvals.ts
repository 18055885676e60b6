import { number, object, parse, string } from 'valibot';

const AboutSchema = object({
  orderId: string(),
  userId: string(),
  currency: string(),
  /** Minor units. */
  total: number(),
});

/** The id to answer and the sentence that asks, of an order's request for approval. */
export function approvedOrder(approval: object): {
  readonly approvalId: string;
  readonly subject: string;
} {
  const { orderId, userId, currency, total } = parse(AboutSchema, approval);
  return {
    approvalId: orderId,
    subject: `Order of ${userId} over ${total} ${currency} (minor units)`,
  };
}
