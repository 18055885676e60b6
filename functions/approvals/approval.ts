import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, object, optional, picklist, string } from 'valibot';

/** The key of a request for approval, such as `{ orderId }`. */
export type ApprovalKey = Readonly<Record<string, string>>;

/** The item of a request beside its key: the token stays here, and nowhere else. */
export const ApprovalSchema = object({
  state: picklist(['PENDING', 'APPROVED', 'DENIED', 'EXPIRED']),
  taskToken: optional(string()),
  approver: optional(string()),
  comment: optional(string()),
  /** The caller who asked for what is to be approved, and may not approve it. */
  submittedBy: optional(string()),
  decidedAt: optional(string()),
  deliveredAt: optional(string()),
  /** The execution that waits for the decision. */
  executionArn: optional(string()),
});

/** The item of a request. */
export type Approval = InferOutput<typeof ApprovalSchema>;

/** Time that a request is kept as a record after it has expired. */
const KEPT_SECONDS = 90 * 86_400;

/** A request as it comes: `requestedAt` in ISO 8601. */
export interface ApprovalRequest {
  readonly taskToken: string;
  readonly executionArn: string;
  readonly requestedAt: string;
  readonly timeoutSeconds: number;
}

/** When the request expires, in ISO 8601. */
export function answerBy({
  requestedAt,
  timeoutSeconds,
}: Pick<ApprovalRequest, 'requestedAt' | 'timeoutSeconds'>): string {
  return new Date(Date.parse(requestedAt) + timeoutSeconds * 1_000).toISOString();
}

/**
 * Keeps the request with its token, and `about` beside it; a retry's new token replaces the old,
 * a decision stays.
 */
export function approvalPut(
  tableName: string,
  key: ApprovalKey,
  request: ApprovalRequest,
  about: object,
): PutCommandInput {
  const [keyName = ''] = Object.keys(key);
  return {
    TableName: tableName,
    Item: {
      ...key,
      ...about,
      state: 'PENDING',
      taskToken: request.taskToken,
      executionArn: request.executionArn,
      requestedAt: request.requestedAt,
      answerBy: answerBy(request),
      expiresAt: Math.floor(Date.parse(answerBy(request)) / 1_000) + KEPT_SECONDS,
    },
    ConditionExpression: 'attribute_not_exists(#key) OR #state IN (:pending, :expired)',
    ExpressionAttributeNames: { '#key': keyName, '#state': 'state' },
    ExpressionAttributeValues: { ':pending': 'PENDING', ':expired': 'EXPIRED' },
  };
}
