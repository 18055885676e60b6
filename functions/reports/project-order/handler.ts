import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parse } from 'valibot';
import { readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { asError, logger } from '../../shared/logger.ts';
import { execute } from '../data-api.ts';
import {
  type Known,
  type ProjectedEvent,
  ProjectedEventSchema,
  projectionOf,
  RecordedOrderSchema,
  RecordedUserSchema,
} from './project-order.ts';

const ordersTable = requiredVariable('ORDERS_TABLE');
const usersTable = requiredVariable('USERS_TABLE');

const batch = new BatchProcessor(EventType.SQS);

/** Takes events of orders and users into the database; a message that fails goes back alone. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  return processPartialResponse(event, take, batch, {
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
}

async function take({ body, messageId }: SQSRecord): Promise<void> {
  try {
    const event = parse(ProjectedEventSchema, JSON.parse(body));
    const { sql, parameters } = projectionOf(event, await knownOf(event));
    await execute(sql, parameters);
  } catch (thrown) {
    // The message's name only: its text repeats what it was about.
    logger.error('Event not taken', { messageId, reason: asError(thrown).name });
    throw thrown;
  } finally {
    logger.resetKeys();
  }
}

/** Reads what the event does not say: its order's lines, its user's name. */
async function knownOf(event: ProjectedEvent): Promise<Known> {
  logger.setCorrelationId(event.id);
  if (event['detail-type'] === 'UserChanged') return { order: undefined, user: undefined };
  const { orderId, userId } = event.detail;
  const [order, user] = await Promise.all([
    readItem(ordersTable, { orderId }, RecordedOrderSchema),
    readItem(usersTable, { userId }, RecordedUserSchema),
  ]);
  return { order, user };
}
