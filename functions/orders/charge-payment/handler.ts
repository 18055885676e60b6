import { taskHandler } from '../../shared/task-handler.ts';
import { payments } from '../payments.ts';
import { ChargePaymentSchema, chargePayment } from './charge-payment.ts';

/** Charges the order's card. */
export const handler = taskHandler({
  input: ChargePaymentSchema,
  correlationId: ({ orderId }) => orderId,
  run: (charge) => chargePayment(payments, charge),
});
