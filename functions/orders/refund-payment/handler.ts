import { taskHandler } from '../../shared/task-handler.ts';
import { payments } from '../payments.ts';
import { RefundPaymentSchema, refundPayment } from './refund-payment.ts';

/** Refunds or voids the order's charge. */
export const handler = taskHandler({
  input: RefundPaymentSchema,
  correlationId: ({ orderId }) => orderId,
  run: (request) => refundPayment(payments, request),
});
