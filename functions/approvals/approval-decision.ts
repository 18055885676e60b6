import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  check,
  type InferOutput,
  maxLength,
  minLength,
  object,
  optional,
  picklist,
  pipe,
  string,
} from 'valibot';
import type { Approval, ApprovalKey } from './approval.ts';

/** After this, a decision that no workflow has heard is taken to be stuck and delivered again. */
const DELIVERY_MS = 30_000;

/** The request's body; `approver` counts only where the API has no authorizer to name the caller. */
export const DecisionSchema = object({
  decision: picklist(['approve', 'deny'], 'Is not "approve" or "deny"'),
  approver: optional(
    pipe(
      string(),
      minLength(1, 'Is empty'),
      maxLength(200, 'Has more than 200 characters'),
      check((name) => name.trim() === name, 'Begins or ends with a space'),
    ),
  ),
  comment: optional(pipe(string(), maxLength(500, 'Has more than 500 characters'))),
});

/** A decision, by whom, and when (ISO 8601). */
export interface Decision extends Pick<InferOutput<typeof DecisionSchema>, 'decision'> {
  readonly key: ApprovalKey;
  readonly approver: string;
  readonly comment: string;
  readonly decidedAt: string;
}

/** Writes the decision where none is: the first answer wins. */
export function decisionUpdate(tableName: string, decision: Decision): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { ...decision.key },
    UpdateExpression:
      'SET #state = :decided, approver = :approver, #comment = :comment, decidedAt = :decidedAt',
    ConditionExpression:
      '#state = :pending AND (attribute_not_exists(submittedBy) OR submittedBy <> :approver)',
    ExpressionAttributeNames: { '#state': 'state', '#comment': 'comment' },
    ExpressionAttributeValues: {
      ':decided': decision.decision === 'approve' ? 'APPROVED' : 'DENIED',
      ':approver': decision.approver,
      ':comment': decision.comment,
      ':decidedAt': decision.decidedAt,
      ':pending': 'PENDING',
    },
    ReturnValues: 'ALL_NEW',
  };
}

/** Records that the workflow has heard the decision; the token is of no more use. */
export function deliveredUpdate(
  tableName: string,
  key: ApprovalKey,
  deliveredAt: string,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { ...key },
    UpdateExpression: 'SET deliveredAt = :now REMOVE taskToken',
    ExpressionAttributeValues: { ':now': deliveredAt },
  };
}

/** Records that the workflow no longer waits, unless another call has delivered the decision. */
export function expiredUpdate(tableName: string, key: ApprovalKey): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { ...key },
    UpdateExpression: 'SET #state = :expired REMOVE taskToken',
    ConditionExpression: 'attribute_not_exists(deliveredAt)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':expired': 'EXPIRED' },
  };
}

/** Says whether somebody decides about what they asked for themselves: four eyes see more than two. */
export function isOwnRequest(approval: Approval, approver: string): boolean {
  return approval.state === 'PENDING' && approval.submittedBy === approver;
}

/** Returns whether a decision was written and then not delivered, such as when the function died between. */
export function isDeliveryStuck(approval: Approval, nowMs: number): boolean {
  const isDecided = approval.state === 'APPROVED' || approval.state === 'DENIED';
  return (
    isDecided &&
    approval.deliveredAt === undefined &&
    approval.taskToken !== undefined &&
    nowMs - Date.parse(approval.decidedAt ?? '') > DELIVERY_MS
  );
}

/** The response to a second decision: the first. */
export function firstAnswer(approval: Approval): object {
  return {
    message:
      approval.state === 'EXPIRED'
        ? 'The request for approval has expired'
        : 'The request for approval is already decided',
    state: approval.state,
    ...(approval.approver === undefined ? {} : { approver: approval.approver }),
    ...(approval.decidedAt === undefined ? {} : { decidedAt: approval.decidedAt }),
  };
}
