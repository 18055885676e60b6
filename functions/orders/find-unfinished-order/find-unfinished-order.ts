import { nullish, object, picklist, safeParse, string } from 'valibot';
import { parseJson } from '../../shared/parse-json.ts';
import { IdSchema } from '../order-schema.ts';
import type { StoredOrder } from '../stored-order.ts';

/** The `aws.states` event "Step Functions Execution Status Change", as far as it is read. */
export const ExecutionEndedSchema = object({
  detail: object({
    executionArn: string(),
    status: picklist(['FAILED', 'TIMED_OUT', 'ABORTED']),
    /** Null where it is larger than 248 KiB, which no valid order is. */
    input: nullish(string()),
    error: nullish(string()),
    cause: nullish(string()),
  }),
});

/** The end of an execution. */
export interface ExecutionEnd {
  readonly executionArn: string;
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly error?: string | null | undefined;
  readonly cause?: string | null | undefined;
}

/** The work that is left on the order of an execution that ended. */
export interface UnfinishedOrder {
  readonly outcome: 'nothing' | 'unfinished' | 'unannounced';
  readonly executionArn: string;
  /** The announcement's part of the order; null when there is nothing to do. */
  readonly order: object | null;
  readonly failure: { readonly Error: string; readonly Cause: string } | null;
}

/** Reads the order's id from the execution's input; undefined when it was no order. */
export function orderIdOfInput(input: string | null | undefined): string | undefined {
  if (input === undefined || input === null) return undefined;
  const parsed = safeParse(object({ detail: object({ orderId: IdSchema }) }), parseJson(input));
  return parsed.success ? parsed.output.detail.orderId : undefined;
}

/** Decides what is left to do; an order that another execution claimed is none of this one's. */
export function findUnfinished(end: ExecutionEnd, order: StoredOrder | undefined): UnfinishedOrder {
  const { executionArn } = end;
  const nothing: UnfinishedOrder = { outcome: 'nothing', executionArn, order: null, failure: null };
  if (order === undefined || order.executionArn !== executionArn) return nothing;
  const found = { executionArn, order: announcedPart(order) };
  switch (order.status) {
    case 'CONFIRMED':
      return { ...found, outcome: 'unannounced', failure: null };
    case 'PROCESSING':
    case 'COMPENSATING':
      return {
        ...found,
        outcome: 'unfinished',
        failure: recordedFailure(order) ?? endAsFailure(end),
      };
    case 'FAILED':
      return (order.compensationFailures ?? []).length === 0
        ? nothing
        : { ...found, outcome: 'unfinished', failure: recordedFailure(order) ?? endAsFailure(end) };
  }
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
  const names = {
    ABORTED: 'ExecutionAborted',
    TIMED_OUT: 'ExecutionTimedOut',
    FAILED: error ?? 'ExecutionFailed',
  };
  return {
    Error: names[status],
    Cause: cause ?? `The execution ended ${status} before the order was finished`,
  };
}
