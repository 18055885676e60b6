import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parse } from 'valibot';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { asError, logger } from '../../shared/logger.ts';
import { putEvents } from '../../shared/put-events.ts';
import { answerToken, type TokenAnswer } from '../../shared/task-token.ts';
import { carrierAnswer } from '../carrier-answer.ts';
import { ShipmentSchema } from '../shipment.ts';
import {
  awaitCarrierUpdate,
  bookUpdate,
  cancelledAnswer,
  carrierRequested,
  decideShipping,
  type ShipOrder,
  ShipOrderSchema,
} from './ship-order.ts';

const shipmentsTable = requiredVariable('SHIPMENTS_TABLE');
const eventBusName = requiredVariable('EVENT_BUS_NAME');

const batch = new BatchProcessor(EventType.SQS);

/** Ships the orders of the queue; a message that fails goes back alone, and in the end to its dead letters. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  return processPartialResponse(event, takeOrder, batch, {
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
}

async function takeOrder(record: SQSRecord): Promise<void> {
  try {
    const order = parse(ShipOrderSchema, JSON.parse(record.body));
    logger.setCorrelationId(order.orderId);
    const answer = await ship(order);
    const outcome = answer === undefined ? 'awaits' : await answerToken(order.taskToken, answer);
    logger.info('Warehouse order taken', { outcome });
  } catch (thrown) {
    // The message's name only: its text repeats what it was about.
    logger.error('Warehouse order failed', {
      messageId: record.messageId,
      reason: asError(thrown).name,
    });
    throw thrown;
  } finally {
    logger.resetKeys();
  }
}

/** Returns what the workflow gets; undefined while the carrier's desk has yet to decide. */
async function ship(order: ShipOrder): Promise<TokenAnswer | undefined> {
  const decision = decideShipping(order);
  const now = new Date().toISOString();
  switch (decision.kind) {
    case 'refuse':
      return decision.answer;
    case 'book': {
      const { trackingId } = decision;
      const update = bookUpdate(shipmentsTable, order.orderId, trackingId, now);
      return writeShipment(order, update, { kind: 'success', output: { trackingId } });
    }
    case 'await-carrier':
      return awaitCarrier(order, now);
  }
}

/** Asks the carrier once the shipment waits for it; a message that comes again asks again. */
async function awaitCarrier(order: ShipOrder, now: string): Promise<TokenAnswer | undefined> {
  const update = awaitCarrierUpdate(shipmentsTable, order, now);
  const cancelled = await writeShipment(order, update, undefined);
  if (cancelled === undefined) await putEvents([carrierRequested(eventBusName, order, now)]);
  return cancelled;
}

async function writeShipment(
  { orderId }: ShipOrder,
  update: UpdateCommandInput,
  answer: TokenAnswer | undefined,
): Promise<TokenAnswer | undefined> {
  try {
    await documents.send(new UpdateCommand(update));
    return answer;
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
    const existing = await readItem(shipmentsTable, { orderId }, ShipmentSchema);
    // A message that comes again may find what the carrier has decided meanwhile.
    return (existing && carrierAnswer(existing)) ?? cancelledAnswer(existing);
  }
}
