import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { cancellationCodes, documents, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { ReservationSchema } from '../reservation.ts';
import {
  acceptExisting,
  ReserveStockSchema,
  refusal,
  reserveTransaction,
} from './reserve-stock.ts';

const tables = {
  reservations: requiredVariable('RESERVATIONS_TABLE'),
  inventory: requiredVariable('INVENTORY_TABLE'),
};

/** Reserves the order's stock in one transaction. */
export const handler = taskHandler({
  input: ReserveStockSchema,
  correlationId: ({ orderId }) => orderId,
  run: async (request) => {
    try {
      await documents.send(new TransactWriteCommand(reserveTransaction(tables, request)));
    } catch (error) {
      const reason = refusal(request, cancellationCodes(error) ?? []);
      if (reason !== 'reservation-exists') throw reason ?? error;
      const { orderId } = request;
      acceptExisting(await readItem(tables.reservations, { orderId }, ReservationSchema));
    }
    return { reserved: true };
  },
});
