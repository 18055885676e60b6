import type { PutPermissionRequest, RemovePermissionRequest } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import { hasSid, statementsIn } from '../../core/policy/statements.ts';
import type { Bus } from '../bus.ts';
import { findBus } from './find.ts';
import { required } from './required.ts';

/**
 * Handles PutPermission: one statement, in place of that of its id, or the whole policy. Policies are kept
 * and shown, and not examined here.
 * @throws {AwsError} `ValidationException` for a policy that is no JSON object.
 */
export function putPermission(bus: Bus, request: PutPermissionRequest): Record<never, never> {
  const { name, arn } = findBus(bus, request.EventBusName);
  if (request.Policy !== undefined) {
    if (!isJsonObject(parseJson(request.Policy))) {
      throw new AwsError('ValidationException', 'This policy contains invalid Json');
    }
    bus.rules.policies.set(name, request.Policy);
    return {};
  }
  const Sid = required(request.StatementId, 'statementId');
  const principal = required(request.Principal, 'principal');
  const statement: JsonObject = {
    Sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: required(request.Action, 'action'),
    Resource: arn,
    ...conditionOf(request.Condition),
  };
  setStatements(bus, name, [
    ...statementsOf(bus, name).filter((one) => !hasSid(one, Sid)),
    statement,
  ]);
  return {};
}

/**
 * Handles RemovePermission.
 * @throws {AwsError} `ResourceNotFoundException` for a statement that is not there.
 */
export function removePermission(bus: Bus, request: RemovePermissionRequest): Record<never, never> {
  const { name } = findBus(bus, request.EventBusName);
  if (request.RemoveAllPermissions === true) {
    bus.rules.policies.delete(name);
    return {};
  }
  const id = required(request.StatementId, 'statementId');
  const statements = statementsOf(bus, name);
  const left = statements.filter((one) => !hasSid(one, id));
  if (left.length === statements.length) {
    const what =
      statements.length === 0
        ? 'EventBus does not have a policy.'
        : 'Statement with the provided id does not exist.';
    throw new AwsError('ResourceNotFoundException', what);
  }
  setStatements(bus, name, left);
  return {};
}

function statementsOf(bus: Bus, name: string): readonly Json[] {
  return statementsIn(bus.rules.policies.get(name)).statements;
}

function setStatements(bus: Bus, name: string, Statement: readonly Json[]): void {
  if (Statement.length === 0) bus.rules.policies.delete(name);
  else bus.rules.policies.set(name, JSON.stringify({ Version: '2012-10-17', Statement }));
}

function conditionOf(condition: PutPermissionRequest['Condition']): JsonObject {
  if (condition === undefined) return {};
  const { Type = 'StringEquals', Key = '', Value = '' } = condition;
  return { Condition: { [Type]: { [Key]: Value } } };
}
