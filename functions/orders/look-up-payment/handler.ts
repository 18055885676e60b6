import { taskHandler } from '../../shared/task-handler.ts';
import { payments } from '../payments.ts';
import { LookUpPaymentSchema, lookUpPayment } from './look-up-payment.ts';

/** Looks the order's charge up at the provider. */
export const handler = taskHandler({
  input: LookUpPaymentSchema,
  correlationId: ({ orderId }) => orderId,
  run: (request) => lookUpPayment(payments, request),
});
