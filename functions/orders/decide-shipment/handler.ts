import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { parse } from 'valibot';
import { askWhetherHeard } from '../../approvals/heard-decision.ts';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { callerIdentity, readBody } from '../../shared/http-request.ts';
import { badRequest, jsonResponse, notFound } from '../../shared/http-response.ts';
import { logger } from '../../shared/logger.ts';
import { answerToken } from '../../shared/task-token.ts';
import { carrierAnswer } from '../carrier-answer.ts';
import { type Shipment, ShipmentSchema } from '../shipment.ts';
import {
  type CarrierDecision,
  CarrierDecisionSchema,
  carrierUpdate,
  firstDecision,
  heardUpdate,
  isUnheard,
} from './decide-shipment.ts';

const shipmentsTable = requiredVariable('SHIPMENTS_TABLE');

/** Takes the carrier's decision on freight: the first answer wins, the workflow hears it. */
export const handler = httpHandler(async (request) => {
  const orderId = request.pathParameters?.['orderId'] ?? '';
  logger.setCorrelationId(orderId);
  const body = readBody(request, CarrierDecisionSchema);
  if (!body.ok) return badRequest(body.problems);
  const by = {
    carrier: callerIdentity(request) ?? 'unknown',
    decidedAt: new Date().toISOString(),
  };
  const decided = await write(orderId, body.value, by);
  if (decided !== undefined) return respond(orderId, decided);
  const existing = await readItem(shipmentsTable, { orderId }, ShipmentSchema);
  if (existing === undefined) return notFound(`Shipment of "${orderId}"`);
  if (isUnheard(existing)) await tell(existing);
  return jsonResponse(409, firstDecision(existing));
});

async function write(
  orderId: string,
  decision: CarrierDecision,
  by: Parameters<typeof carrierUpdate>[3],
): Promise<Shipment | undefined> {
  try {
    const update = new UpdateCommand(carrierUpdate(shipmentsTable, orderId, decision, by));
    return parse(ShipmentSchema, (await documents.send(update)).Attributes);
  } catch (error) {
    if (isConditionRefused(error)) return undefined;
    throw error;
  }
}

async function respond(
  orderId: string,
  shipment: Shipment,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (await tell(shipment)) return jsonResponse(200, { orderId, status: shipment.status });
  return jsonResponse(409, { message: 'The order waits no longer: its compensation cancels this' });
}

/** Lets the workflow hear the decision; false when it waits no longer. */
async function tell(shipment: Shipment): Promise<boolean> {
  const { orderId, taskToken = '', executionArn } = shipment;
  const answer = carrierAnswer(shipment);
  const outcome = answer === undefined ? 'gone' : await answerToken(taskToken, answer);
  const isHeard =
    outcome === 'delivered' ||
    (executionArn !== undefined && (await askWhetherHeard(executionArn, 'sqs')));
  await documents.send(new UpdateCommand(heardUpdate(shipmentsTable, orderId)));
  logger.info('Carrier decided', { status: shipment.status, isHeard });
  return isHeard;
}
