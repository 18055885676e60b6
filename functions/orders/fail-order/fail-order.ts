import type { PutCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  array,
  type InferOutput,
  nullish,
  object,
  optional,
  picklist,
  string,
  unknown,
} from 'valibot';
import { OrderNotFailableError } from '../../shared/errors.ts';
import { readableCause } from '../../shared/readable-cause.ts';
import { readOrder } from '../read-order.ts';
import { CompensationFailureSchema, type StoredOrder, toStoredOrder } from '../stored-order.ts';

const MAX_CAUSE_LENGTH = 1_000;

/** The reasons that the metric OrdersFailed is split by; any other counts as `Other`. */
const KNOWN_REASONS = [
  'OutOfStockError',
  'PaymentDeclinedError',
  'PaymentTimeoutError',
  'PaymentUnavailableError',
  'ShippingRefusedError',
  'ShippingTimedOut',
  'ApprovalDeniedError',
  'ApprovalTimedOut',
  'ExecutionAborted',
  'ExecutionTimedOut',
];

/** The input from the workflow: `failure` as Step Functions gives it, `failedAt` in ISO 8601. */
export const FailOrderSchema = object({
  orderId: string(),
  executionArn: string(),
  // AWS: a time-out has no cause.
  failure: object({ Error: string(), Cause: nullish(string()) }),
  compensationFailures: array(CompensationFailureSchema),
  undoFrom: picklist(['order', 'stock', 'payment', 'shipment', 'confirmation']),
  failedAt: string(),
  /** The order as it was placed, which may be none: it is written where the claim never was. */
  order: optional(unknown()),
});

/** The input from the workflow. */
export type FailOrder = InferOutput<typeof FailOrderSchema>;

/** The reason why the order failed, fit to be read by people and to be announced. */
export interface Failure {
  readonly Error: string;
  readonly Cause: string;
}

/**
 * Makes the failure readable: a function's error comes as JSON text with the message among a stack
 * trace, anything else as it is; at most 1,000 characters.
 */
export function readableFailure({ Error: error, Cause: cause }: FailOrder['failure']): Failure {
  return { Error: error, Cause: readableCause(cause, MAX_CAUSE_LENGTH) };
}

/** Records the failure on the order that the execution claimed, unless it is confirmed. */
export function failUpdate(tableName: string, request: FailOrder): UpdateCommandInput {
  const failure = readableFailure(request.failure);
  return {
    TableName: tableName,
    Key: { orderId: request.orderId },
    UpdateExpression:
      'SET #status = :failed, failedAt = :failedAt, failure = :failure, compensationFailures = :failures',
    ConditionExpression:
      'executionArn = :execution AND #status IN (:processing, :compensating, :failed)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':failed': 'FAILED',
      ':processing': 'PROCESSING',
      ':compensating': 'COMPENSATING',
      ':failedAt': request.failedAt,
      ':failure': { error: failure.Error, cause: failure.Cause },
      ':failures': request.compensationFailures,
      ':execution': request.executionArn,
    },
    ReturnValues: 'ALL_OLD',
  };
}

/**
 * Writes an order as failed that no execution has claimed, so that an event that comes again finds
 * its end. Undefined where what was placed is no valid order.
 */
export function failedPut(tableName: string, request: FailOrder): PutCommandInput | undefined {
  const read = readOrder(request.order);
  if (!read.ok) return undefined;
  const { order, payloadHash } = read.value;
  const { executionArn, failedAt, compensationFailures } = request;
  const failure = readableFailure(request.failure);
  return {
    TableName: tableName,
    Item: {
      ...toStoredOrder(order, { payloadHash, executionArn, claimedAt: failedAt }),
      status: 'FAILED',
      failedAt,
      failure: { error: failure.Error, cause: failure.Cause },
      compensationFailures,
    },
    ConditionExpression: 'attribute_not_exists(orderId)',
  };
}

/**
 * Accepts that there is nothing to record: another execution has the order.
 * @throws {OrderNotFailableError} When the execution's order is confirmed.
 */
export function acceptForeign(
  existing: Pick<StoredOrder, 'status' | 'executionArn'>,
  executionArn: string,
): void {
  if (existing.executionArn === executionArn) {
    throw new OrderNotFailableError(`Cannot record the failure: the order is ${existing.status}`);
  }
}

/** The metrics of a failure that was just recorded on an order. */
export interface FailureCounts {
  /** The value of the dimension Reason; undefined when the order was counted before. */
  readonly failedFor: string | undefined;
  readonly compensated: boolean;
  readonly compensationsFailed: number;
}

/** Counts an order as failed once, however often its compensation is tried. */
export function failureCounts(
  request: FailOrder,
  before: Pick<StoredOrder, 'failedAt'>,
): FailureCounts {
  const { Error: error } = request.failure;
  const reason = KNOWN_REASONS.includes(error) ? error : 'Other';
  return {
    failedFor: before.failedAt === undefined ? reason : undefined,
    compensated: request.compensationFailures.length === 0 && request.undoFrom !== 'order',
    compensationsFailed: request.compensationFailures.length,
  };
}
