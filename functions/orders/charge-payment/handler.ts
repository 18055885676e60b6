import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { asError, logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { payments } from '../payments.ts';
import { ChargePaymentSchema, chargePayment, paymentUpdate } from './charge-payment.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');

/** Charges the order's card. */
export const handler = taskHandler({
  input: ChargePaymentSchema,
  correlationId: ({ orderId }) => orderId,
  run: async (charge) => {
    const payment = await chargePayment(payments, charge);
    await keep(charge.orderId, payment.paymentId);
    return payment;
  },
});

/** The money has moved: the workflow goes on with the id, whether or not the table takes it. */
async function keep(orderId: string, paymentId: string): Promise<void> {
  try {
    await documents.send(new UpdateCommand(paymentUpdate(ordersTable, orderId, paymentId)));
  } catch (error) {
    logger.warn('The payment is not kept with the order', asError(error));
  }
}
