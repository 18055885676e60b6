import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'valibot';
import { documents } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { ShipmentSchema } from '../shipment.ts';
import { CancelShipmentSchema, cancelUpdate } from './cancel-shipment.ts';

const shipmentsTable = requiredVariable('SHIPMENTS_TABLE');

/** Cancels the order's shipment. */
export const handler = taskHandler({
  input: CancelShipmentSchema,
  correlationId: ({ orderId }) => orderId,
  run: async (request) => {
    const update = new UpdateCommand(cancelUpdate(shipmentsTable, request));
    const { Attributes } = await documents.send(update);
    return { was: Attributes === undefined ? 'NONE' : parse(ShipmentSchema, Attributes).status };
  },
});
