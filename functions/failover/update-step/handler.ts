import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { maxLength, minLength, object, optional, pipe, string } from 'valibot';
import { cancellationCodes, documents } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { httpHandler } from '../../shared/http-handler.ts';
import { callerIdentity, readBody } from '../../shared/http-request.ts';
import { badRequest, jsonResponse } from '../../shared/http-response.ts';
import { logger } from '../../shared/logger.ts';
import { ChangeActionSchema, type StepChange } from '../step-changes.ts';
import { readTrail } from '../trail.ts';
import { changeTransaction, judgeChange, type StepRequest } from './update-step.ts';

const tables = {
  failovers: requiredVariable('FAILOVERS_TABLE'),
  locks: requiredVariable('FAILOVER_LOCKS_TABLE'),
};

const BodySchema = object({
  action: ChangeActionSchema,
  reason: pipe(string(), minLength(1, 'Is empty'), maxLength(500)),
  /** Counts only where the API has no authorizer to name the caller. */
  operator: optional(pipe(string(), minLength(1), maxLength(100))),
});

/** Takes an operator's word on a step of a failover that is under way: skip it, or do it ungracefully. */
export const handler = httpHandler(async (request) => {
  const { failoverId = '', stepId = '' } = request.pathParameters ?? {};
  logger.setCorrelationId(failoverId);
  const body = readBody(request, BodySchema);
  if (!body.ok) return badRequest(body.problems);
  const { action, reason, operator } = body.value;
  const by = callerIdentity(request) ?? operator;
  if (by === undefined) return badRequest([{ path: 'operator', message: 'Is missing' }]);
  const change = { at: new Date().toISOString(), action, by, reason };
  const written = await write(failoverId, { stepId, action }, change);
  // Where something came between, the trail says what.
  return written ?? (await write(failoverId, { stepId, action }, change)) ?? contended();
});

async function write(
  failoverId: string,
  asked: StepRequest,
  change: Omit<StepChange, 'stepId'>,
): Promise<APIGatewayProxyStructuredResultV2 | undefined> {
  const verdict = judgeChange(await readTrail(tables.failovers, failoverId), asked);
  switch (verdict.kind) {
    case 'unknown':
      return jsonResponse(404, { message: verdict.message });
    case 'refused':
      return jsonResponse(409, { message: verdict.message });
    case 'known':
      return jsonResponse(200, { failoverId, ...verdict.change });
    case 'allowed': {
      const { stepId, effect } = verdict;
      const whole = { ...change, stepId };
      try {
        const transaction = changeTransaction(tables, failoverId, whole, verdict);
        await documents.send(new TransactWriteCommand(transaction));
      } catch (error) {
        if (cancellationCodes(error) === undefined) throw error;
        return undefined;
      }
      logger.warn('Step changed by an operator', { ...whole });
      return jsonResponse(200, { failoverId, ...whole, effect });
    }
  }
}

/** The lock is another run's by now, or somebody writes to the same items all the time. */
function contended(): APIGatewayProxyStructuredResultV2 {
  const message = 'The failover has lost its lock, or has just changed: look at it, and ask again';
  return jsonResponse(409, { message });
}
