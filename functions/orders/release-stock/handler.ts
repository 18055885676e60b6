import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import {
  cancellationCodes,
  documents,
  isConditionRefused,
  readItem,
} from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { StockContentionError } from '../../shared/errors.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { ReservationSchema } from '../reservation.ts';
import {
  barPut,
  giveBackTransaction,
  nextReleaseStep,
  type ReleaseStep,
  ReleaseStockSchema,
} from './release-stock.ts';

const tables = {
  reservations: requiredVariable('RESERVATIONS_TABLE'),
  inventory: requiredVariable('INVENTORY_TABLE'),
};

/** Gives the order's stock back; another attempt follows where the reservation changed meanwhile. */
export const handler = taskHandler({
  input: ReleaseStockSchema,
  correlationId: ({ orderId }) => orderId,
  run: async ({ orderId }) => {
    const reservation = await readItem(tables.reservations, { orderId }, ReservationSchema);
    const step = nextReleaseStep(reservation);
    try {
      await take(step, orderId);
    } catch (error) {
      if (!isConditionRefused(error) && cancellationCodes(error) === undefined) throw error;
      throw new StockContentionError('The reservation or its stock changed meanwhile', {
        cause: error,
      });
    }
    return { step: step.kind };
  },
});

async function take(step: ReleaseStep, orderId: string): Promise<void> {
  if (step.kind === 'bar') {
    await documents.send(new PutCommand(barPut(tables.reservations, orderId)));
  } else if (step.kind === 'give-back') {
    const transaction = giveBackTransaction(tables, orderId, step.items);
    await documents.send(new TransactWriteCommand(transaction));
  }
}
