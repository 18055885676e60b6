import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { parse } from 'valibot';
import { documents, isConditionRefused, readItem } from '../shared/dynamodb.ts';
import { ApprovalDeniedError } from '../shared/errors.ts';
import { callerIdentity, type HttpRequest, readBody } from '../shared/http-request.ts';
import { badRequest, jsonResponse, notFound } from '../shared/http-response.ts';
import { logger } from '../shared/logger.ts';
import { answerToken, type TokenAnswer } from '../shared/task-token.ts';
import { type Approval, type ApprovalKey, ApprovalSchema } from './approval.ts';
import {
  type Decision,
  DecisionSchema,
  decisionUpdate,
  deliveredUpdate,
  expiredUpdate,
  firstAnswer,
  isDeliveryStuck,
  isOwnRequest,
} from './approval-decision.ts';
import { askWhetherHeard } from './heard-decision.ts';

/** The table that keeps requests for approval, and the words that the workflow hears of a decision. */
export interface ApprovalChannel {
  readonly tableName: string;
  /** The table's key, which is the route's path parameter too, such as `orderId`. */
  readonly keyName: string;
  /** The task's output where the request is approved. */
  readonly output: (approval: Approval) => object;
  /** The cause of the `ApprovalDeniedError` where it is denied. */
  readonly cause: (approval: Approval) => string;
}

/** Takes an approver's decision: the first answer wins, the workflow hears it. */
export async function decideApproval(
  channel: ApprovalChannel,
  request: HttpRequest,
): Promise<APIGatewayProxyStructuredResultV2> {
  const id = request.pathParameters?.[channel.keyName] ?? '';
  logger.setCorrelationId(id);
  const body = readBody(request, DecisionSchema);
  if (!body.ok) return badRequest(body.problems);
  const approver = callerIdentity(request) ?? body.value.approver;
  if (approver === undefined) return badRequest([{ path: 'approver', message: 'Is missing' }]);
  return decide(channel, {
    key: { [channel.keyName]: id },
    approver,
    decision: body.value.decision,
    comment: body.value.comment ?? '',
    decidedAt: new Date().toISOString(),
  });
}

async function decide(
  channel: ApprovalChannel,
  decision: Decision,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { key } = decision;
  const decided = await writeDecision(channel, decision);
  if (decided !== undefined) {
    return (await deliver(channel, key, decided)) === 'delivered'
      ? jsonResponse(200, { ...key, decision: decision.decision })
      : jsonResponse(409, firstAnswer({ state: 'EXPIRED' }));
  }
  const existing = await readItem(channel.tableName, key, ApprovalSchema);
  if (existing === undefined) {
    return notFound(`Request for approval of "${key[channel.keyName]}"`);
  }
  if (isOwnRequest(existing, decision.approver)) {
    return jsonResponse(403, { message: 'Whoever placed the order may not decide about it' });
  }
  if (isDeliveryStuck(existing, Date.now())) await deliver(channel, key, existing);
  return jsonResponse(409, firstAnswer(existing));
}

async function writeDecision(
  { tableName }: ApprovalChannel,
  decision: Decision,
): Promise<Approval | undefined> {
  try {
    const update = new UpdateCommand(decisionUpdate(tableName, decision));
    return parse(ApprovalSchema, (await documents.send(update)).Attributes);
  } catch (error) {
    if (isConditionRefused(error)) return undefined;
    throw error;
  }
}

async function deliver(
  channel: ApprovalChannel,
  key: ApprovalKey,
  approval: Approval,
): Promise<'delivered' | 'gone'> {
  const { state, taskToken = '' } = approval;
  const answer: TokenAnswer =
    state === 'APPROVED'
      ? { kind: 'success', output: channel.output(approval) }
      : { kind: 'failure', error: new ApprovalDeniedError(channel.cause(approval)) };
  const outcome = await answerOnce(approval, taskToken, answer);
  if (outcome === 'delivered') {
    const now = new Date().toISOString();
    await documents.send(new UpdateCommand(deliveredUpdate(channel.tableName, key, now)));
  } else {
    await expire(channel, key);
  }
  logger.info('Approval decided', { state, outcome });
  return outcome;
}

/** A token that is gone may be so by this very decision, whose response was lost: the execution knows. */
async function answerOnce(
  { executionArn }: Approval,
  taskToken: string,
  answer: TokenAnswer,
): Promise<'delivered' | 'gone'> {
  const outcome = await answerToken(taskToken, answer);
  if (outcome === 'delivered' || executionArn === undefined) return outcome;
  return (await askWhetherHeard(executionArn)) ? 'delivered' : 'gone';
}

async function expire({ tableName }: ApprovalChannel, key: ApprovalKey): Promise<void> {
  try {
    await documents.send(new UpdateCommand(expiredUpdate(tableName, key)));
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
}
