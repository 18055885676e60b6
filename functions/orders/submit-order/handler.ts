import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import {
  callerIdentity,
  type HttpRequest,
  readBody,
  readHeader,
} from '../../shared/http-request.ts';
import { badRequest, jsonResponse } from '../../shared/http-response.ts';
import { asError, logger } from '../../shared/logger.ts';
import { countMetric } from '../../shared/metrics.ts';
import { putEvents } from '../../shared/put-events.ts';
import { OrderContentSchema } from '../order-schema.ts';
import {
  isHome,
  isIdempotencyKey,
  newOrderId,
  orderPlaced,
  type Submission,
  scopedKey,
  toOrder,
} from './submit-order.ts';

const eventBusName = requiredVariable('EVENT_BUS_NAME');
const homeRegion = process.env['ORDERS_HOME_REGION'] ?? '';
const region = requiredVariable('AWS_REGION');

const idempotency = new IdempotencyConfig({
  eventKeyJmesPath: 'idempotencyKey',
  payloadValidationJmesPath: 'content',
  expiresAfterSeconds: 86_400,
  hashFunction: 'sha256',
});

/** Places an order, once for each idempotency key; a key that is null places one each time. */
const placeOnce = makeIdempotent(place, {
  persistenceStore: new DynamoDBPersistenceLayer({
    tableName: requiredVariable('IDEMPOTENCY_TABLE'),
  }),
  config: idempotency,
});

/**
 * Accepts an order: 202 with its id, 400 with every problem, 421 where orders are another Region's, 422
 * for a key used with another order.
 */
export const handler = httpHandler(async (request: HttpRequest, context: Context) => {
  if (!isHome(homeRegion, region)) return misdirected(homeRegion);
  idempotency.registerLambdaContext(context);
  const idempotencyKey = readHeader(request, 'idempotency-key') ?? null;
  const body = readBody(request, OrderContentSchema);
  const keyProblems =
    idempotencyKey === null || isIdempotencyKey(idempotencyKey)
      ? []
      : [{ path: 'Idempotency-Key', message: 'Is not 1 to 255 printable ASCII characters' }];
  if (!body.ok || keyProblems.length > 0) {
    return badRequest([...keyProblems, ...(body.ok ? [] : body.problems)]);
  }
  try {
    const submittedBy = callerIdentity(request);
    const key = scopedKey(idempotencyKey, submittedBy);
    const { orderId } = await placeOnce({
      idempotencyKey: key,
      submittedBy,
      content: body.value,
    });
    return jsonResponse(202, { orderId }, { location: `/orders/${orderId}` });
  } catch (error) {
    return refusal(asError(error));
  }
});

async function place(submission: Submission): Promise<{ readonly orderId: string }> {
  const orderId = newOrderId(submission);
  logger.setCorrelationId(orderId);
  const order = toOrder(submission, orderId, new Date().toISOString());
  await putEvents([orderPlaced(eventBusName, order)]);
  countMetric('OrdersPlaced', 1);
  logger.info('Order accepted');
  return { orderId };
}

/** Two Regions that both took orders would sell the same stock twice. */
function misdirected(home: string): APIGatewayProxyStructuredResultV2 {
  const message = `Orders are taken in ${home}: nothing was accepted here`;
  return jsonResponse(421, { message, homeRegion: home });
}

function refusal(error: Error): APIGatewayProxyStructuredResultV2 {
  switch (error.name) {
    case 'IdempotencyValidationError':
      return jsonResponse(422, { message: 'The Idempotency-Key was used with another order' });
    case 'IdempotencyAlreadyInProgressError':
      return jsonResponse(409, { message: 'A request with this Idempotency-Key is under way' });
    case 'BusUnavailableError':
      logger.error('Order not accepted', error);
      return jsonResponse(
        503,
        { message: 'The order could not be accepted, please try again' },
        { 'retry-after': '5' },
      );
    default:
      throw error;
  }
}
