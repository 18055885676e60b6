import { AwsError } from '../../core/aws-error.ts';
import type { Item } from './dynalite.ts';
import { fromWire } from './wire.ts';

/** The reason for which one item stopped a transaction, in the words of DynamoDB's CancellationReason. */
export interface Reason {
  readonly Code: 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message: string;
  readonly Item?: Item;
}

/** Refuses a transaction; a reason that is undefined stands for an item that was in order. */
export function cancelled(reasons: readonly (Reason | undefined)[]): AwsError {
  const codes = reasons.map((reason) => reason?.Code ?? 'None').join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons.map((reason) => fromWire(reason ?? { Code: 'None' })) },
  );
}
