import { type InferOutput, object, optional, picklist, string } from 'valibot';

/** What the Approvals table keeps of a request: the token stays here, and nowhere else. */
export const ApprovalSchema = object({
  orderId: string(),
  state: picklist(['PENDING', 'APPROVED', 'DENIED', 'EXPIRED']),
  taskToken: optional(string()),
  approver: optional(string()),
  comment: optional(string()),
  decidedAt: optional(string()),
  deliveredAt: optional(string()),
});

/** What the Approvals table keeps of a request. */
export type Approval = InferOutput<typeof ApprovalSchema>;
