/*
 * The names are literals because the workflows match on them: Lambda reports `error.name`, and a
 * minified bundle keeps neither a class's name nor `constructor.name`. Messages name ids only, never
 * personal data, for they end up in execution histories.
 */

/** The event or request is no valid order. */
export class InvalidOrderError extends Error {
  override readonly name = 'InvalidOrderError';
  readonly isRefusal = true;
}

/** A workflow called the function with input that does not fit: a mistake of the definition. */
export class InvalidTaskInputError extends Error {
  override readonly name = 'InvalidTaskInputError';
}

/** Not every line's quantity is in stock; nothing was taken. */
export class OutOfStockError extends Error {
  override readonly name = 'OutOfStockError';
  readonly isRefusal = true;
}

/** Other orders changed the same stock at the same moment; trying again helps. */
export class StockContentionError extends Error {
  override readonly name = 'StockContentionError';
  readonly isRefusal = true;
}

/** The order's compensation has barred its reservation already. */
export class ReservationReleasedError extends Error {
  override readonly name = 'ReservationReleasedError';
  readonly isRefusal = true;
}

/** The request for approval was answered already. */
export class ApprovalAlreadyDecidedError extends Error {
  override readonly name = 'ApprovalAlreadyDecidedError';
  readonly isRefusal = true;
}

/** The approver said no. */
export class ApprovalDeniedError extends Error {
  override readonly name = 'ApprovalDeniedError';
}

/** The provider answered that the card is declined: no money moved. */
export class PaymentDeclinedError extends Error {
  override readonly name = 'PaymentDeclinedError';
  readonly isRefusal = true;
}

/** The provider did not answer in time: whether money moved is unknown. */
export class PaymentTimeoutError extends Error {
  override readonly name = 'PaymentTimeoutError';
}

/** The provider failed or could not be reached; asking again under the same key is safe. */
export class PaymentUnavailableError extends Error {
  override readonly name = 'PaymentUnavailableError';
}

/** The charge's key was voided by a compensation, so it can no longer be charged. */
export class PaymentVoidedError extends Error {
  override readonly name = 'PaymentVoidedError';
  readonly isRefusal = true;
}

/** The provider refused the request itself, such as for its credentials: a person has to look. */
export class PaymentRequestRefusedError extends Error {
  override readonly name = 'PaymentRequestRefusedError';
}

/** The warehouse does not ship to the address. */
export class ShippingRefusedError extends Error {
  override readonly name = 'ShippingRefusedError';
  readonly isRefusal = true;
}

/** The order's compensation has cancelled the shipment. */
export class ShipmentCancelledError extends Error {
  override readonly name = 'ShipmentCancelledError';
  readonly isRefusal = true;
}

/** The order is no longer this execution's to confirm. */
export class OrderNotConfirmableError extends Error {
  override readonly name = 'OrderNotConfirmableError';
  readonly isRefusal = true;
}

/** The order is confirmed, so it cannot be recorded as failed. */
export class OrderNotFailableError extends Error {
  override readonly name = 'OrderNotFailableError';
  readonly isRefusal = true;
}

/** The event bus did not take every entry, after all retries. */
export class BusUnavailableError extends Error {
  override readonly name = 'BusUnavailableError';
}
