import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { parse } from 'valibot';
import { type Approval, ApprovalSchema } from '../../shared/approval.ts';
import { documents, isConditionRefused, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { ApprovalDeniedError } from '../../shared/errors.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { callerIdentity, readBody } from '../../shared/http-request.ts';
import { badRequest, jsonResponse, notFound } from '../../shared/http-response.ts';
import { logger } from '../../shared/logger.ts';
import { answerToken, type TokenAnswer } from '../../shared/task-token.ts';
import {
  type Decision,
  DecisionSchema,
  decisionUpdate,
  deliveredUpdate,
  expiredUpdate,
  firstAnswer,
  isDeliveryStuck,
} from './decide-approval.ts';

const approvalsTable = requiredVariable('APPROVALS_TABLE');

/** Takes an approver's decision: the first answer wins, the workflow hears it. */
export const handler = httpHandler(async (request) => {
  const orderId = request.pathParameters?.['orderId'] ?? '';
  logger.setCorrelationId(orderId);
  const body = readBody(request, DecisionSchema);
  if (!body.ok) return badRequest(body.problems);
  const approver = callerIdentity(request) ?? body.value.approver;
  if (approver === undefined) return badRequest([{ path: 'approver', message: 'Is missing' }]);
  return decide({
    orderId,
    approver,
    decision: body.value.decision,
    comment: body.value.comment ?? '',
    decidedAt: new Date().toISOString(),
  });
});

async function decide(decision: Decision): Promise<APIGatewayProxyStructuredResultV2> {
  const { orderId } = decision;
  const decided = await writeDecision(decision);
  if (decided !== undefined) {
    return (await deliver(decided)) === 'delivered'
      ? jsonResponse(200, { orderId, decision: decision.decision })
      : jsonResponse(409, firstAnswer({ orderId, state: 'EXPIRED' }));
  }
  const existing = await readItem(approvalsTable, { orderId }, ApprovalSchema);
  if (existing === undefined) return notFound(`Request for approval of order "${orderId}"`);
  if (isDeliveryStuck(existing, Date.now())) await deliver(existing);
  return jsonResponse(409, firstAnswer(existing));
}

async function writeDecision(decision: Decision): Promise<Approval | undefined> {
  try {
    const update = new UpdateCommand(decisionUpdate(approvalsTable, decision));
    return parse(ApprovalSchema, (await documents.send(update)).Attributes);
  } catch (error) {
    if (isConditionRefused(error)) return undefined;
    throw error;
  }
}

async function deliver({
  orderId,
  state,
  taskToken = '',
}: Approval): Promise<'delivered' | 'gone'> {
  const answer: TokenAnswer =
    state === 'APPROVED'
      ? { kind: 'success', output: { decision: 'approve' } }
      : {
          kind: 'failure',
          error: new ApprovalDeniedError('Denied; the approval record says by whom and why'),
        };
  const outcome = await answerToken(taskToken, answer);
  if (outcome === 'delivered') {
    const now = new Date().toISOString();
    await documents.send(new UpdateCommand(deliveredUpdate(approvalsTable, orderId, now)));
  } else {
    await expire(orderId);
  }
  logger.info('Approval decided', { state, outcome });
  return outcome;
}

async function expire(orderId: string): Promise<void> {
  try {
    await documents.send(new UpdateCommand(expiredUpdate(approvalsTable, orderId)));
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
}
