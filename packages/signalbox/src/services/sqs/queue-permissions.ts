import type { AddPermissionRequest, RemovePermissionRequest } from '@aws-sdk/client-sqs';
import type { Json, JsonObject } from '../../core/json.ts';
import {
  hasSid,
  oneOrMore,
  type PolicyStatements,
  statementsIn,
} from '../../core/policy/statements.ts';
import type { Queue } from './queue.ts';
import type { QueueStore } from './queue-store.ts';
import { invalidValue, missingParameter } from './sqs-errors.ts';

/**
 * Adds a statement to a queue's policy (SQS API Reference, AddPermission). Policies are kept and shown;
 * who may call a queue is not examined here.
 * @throws {AwsError} `InvalidParameterValue` for a label that is there already.
 */
export function addPermission(
  store: QueueStore,
  queue: Queue,
  { Label, AWSAccountIds, Actions }: AddPermissionRequest,
): object {
  if (Label === undefined) throw missingParameter('Label');
  if (AWSAccountIds === undefined || AWSAccountIds.length === 0)
    throw missingParameter('AWSAccountIds');
  if (Actions === undefined || Actions.length === 0) throw missingParameter('Actions');
  const policy = statementsIn(queue.attributes['Policy']);
  if (policy.statements.some((statement) => hasSid(statement, Label))) {
    throw invalidValue('Label', Label, 'Already exists.');
  }
  const statement = {
    Sid: Label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMore(AWSAccountIds.map((id) => `arn:aws:iam::${id}:root`)) },
    Action: oneOrMore(Actions.map((action) => `SQS:${action}`)),
    Resource: queue.arn,
  };
  setStatements(store, queue, policy, [...policy.statements, statement]);
  return {};
}

/**
 * Takes a statement away.
 * @throws {AwsError} `InvalidParameterValue` for a label that is not there.
 */
export function removePermission(
  store: QueueStore,
  queue: Queue,
  { Label }: RemovePermissionRequest,
): object {
  if (Label === undefined) throw missingParameter('Label');
  const policy = statementsIn(queue.attributes['Policy']);
  const left = policy.statements.filter((statement) => !hasSid(statement, Label));
  if (left.length === policy.statements.length) {
    throw invalidValue('Label', Label, "can't find label.");
  }
  setStatements(store, queue, policy, left);
  return {};
}

function setStatements(
  store: QueueStore,
  queue: Queue,
  { head = newPolicy(queue) }: PolicyStatements,
  statements: readonly Json[],
): void {
  const { Policy: _, ...rest } = queue.attributes;
  const isEmpty = statements.length === 0;
  const Policy = JSON.stringify({ ...head, Statement: statements });
  store.changeAttributes(queue, isEmpty ? rest : { ...rest, Policy });
}

function newPolicy({ arn }: Queue): JsonObject {
  return { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy` };
}
