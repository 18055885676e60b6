import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { object, optional, safeParse, string, unknown } from 'valibot';
import { parseJson } from '../../shared/parse-json.ts';
import { type ExecutionEnd, hasEndedBadly } from '../execution-end.ts';
import { IdSchema } from '../order-schema.ts';
import { readOrder } from '../read-order.ts';
import { type StoredOrder, toStoredOrder } from '../stored-order.ts';

/** The input from the workflow: an execution of order-processing, and the order's id where it is known. */
export const FindUnfinishedOrderSchema = object({
  executionArn: string(),
  orderId: optional(IdSchema),
  /** ISO 8601. */
  foundAt: string(),
});

/** The work that is left on the order of an execution that ended. */
export interface UnfinishedOrder {
  readonly outcome: 'nothing' | 'unfinished' | 'unannounced' | 'unannouncedFailure';
  readonly executionArn: string;
  /** The announcement's part of the order; null when there is nothing to do. */
  readonly order: object | null;
  readonly failure: { readonly Error: string; readonly Cause: string } | null;
}

/** An execution that refused its event as no order: nothing is left of it. */
const REJECTED = 'InvalidOrderError';

/** Reads the order's id from the execution's input; undefined when it was no order. */
export function orderIdOfInput(input: string | undefined): string | undefined {
  const parsed = safeParse(object({ orderId: IdSchema }), detailOf(input));
  return parsed.success ? parsed.output.orderId : undefined;
}

/**
 * Claims an order that its execution accepted and never wrote, such as when it was stopped before:
 * it is compensated and announced like any other. Undefined where the event was no order.
 */
export function lateClaim(
  tableName: string,
  end: ExecutionEnd,
  claimedAt: string,
): PutCommandInput | undefined {
  const read = readOrder(detailOf(end.input));
  if (end.error === REJECTED || !read.ok) return undefined;
  const { order, payloadHash } = read.value;
  const { executionArn } = end;
  return {
    TableName: tableName,
    Item: toStoredOrder(order, { payloadHash, executionArn, claimedAt }),
    ConditionExpression: 'attribute_not_exists(orderId)',
  };
}

/**
 * Decides what is left to do. An order that another execution claimed is none of this one's, and one
 * that still runs looks after its own.
 */
export function findUnfinished(end: ExecutionEnd, order: StoredOrder | undefined): UnfinishedOrder {
  const { executionArn } = end;
  const nothing: UnfinishedOrder = { outcome: 'nothing', executionArn, order: null, failure: null };
  if (!hasEndedBadly(end) || order === undefined || order.executionArn !== executionArn)
    return nothing;
  const found = { executionArn, order: announcedPart(order) };
  const failure = recordedFailure(order) ?? endAsFailure(end);
  switch (order.status) {
    case 'CONFIRMED':
      return { ...found, outcome: 'unannounced', failure: null };
    case 'PROCESSING':
    case 'COMPENSATING':
      return { ...found, outcome: 'unfinished', failure };
    case 'FAILED': {
      const isUndone = (order.compensationFailures ?? []).length === 0;
      if (!isUndone) return { ...found, outcome: 'unfinished', failure };
      return order.open === undefined
        ? nothing
        : { ...found, outcome: 'unannouncedFailure', failure };
    }
  }
}

function detailOf(input: string | undefined): unknown {
  if (input === undefined) return undefined;
  const parsed = safeParse(object({ detail: unknown() }), parseJson(input));
  return parsed.success ? parsed.output.detail : undefined;
}

function announcedPart(order: StoredOrder): object {
  const { orderId, userId, currency, total } = order;
  const { confirmedAt = '', paymentId = '', trackingId = '' } = order;
  return { orderId, userId, currency, total, confirmedAt, paymentId, trackingId };
}

function recordedFailure({ failure }: StoredOrder): UnfinishedOrder['failure'] {
  return failure === undefined ? null : { Error: failure.error, Cause: failure.cause };
}

/** An operator's own words for an abort are its cause; its error stays one that can be counted. */
function endAsFailure({ status, error, cause }: ExecutionEnd): UnfinishedOrder['failure'] {
  const names: Readonly<Record<string, string>> = {
    ABORTED: 'ExecutionAborted',
    TIMED_OUT: 'ExecutionTimedOut',
    GONE: 'ExecutionGone',
  };
  return {
    Error: names[status] ?? error ?? 'ExecutionFailed',
    Cause: cause ?? `The execution ended ${status} before the order was finished`,
  };
}
