import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Caller } from '../../core/service.ts';
import { credentialScopeOf } from '../wire/credential-scope.ts';
import type { WireRequest } from '../wire/wire-message.ts';

/**
 * Returns the signer of a request for `execute-api`, as `requestContext.authorizer.iam` has it; undefined
 * where nobody did, which API Gateway refuses with 403 Forbidden (developer guide, "Control access to
 * HTTP APIs with IAM authorization"). The signature itself is not verified, nor are permissions.
 */
export function iamCallerOf(
  request: Pick<WireRequest, 'headers' | 'query'>,
  callerOf: (accessKeyId: string) => Caller,
): JsonObject | undefined {
  const scope = scopeOf(request);
  if (scope?.service !== 'execute-api') return undefined;
  const { arn } = callerOf(scope.accessKeyId);
  const accountId = arn.split(':')[4] ?? '';
  return {
    accessKey: scope.accessKeyId,
    accountId,
    callerId: accountId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: arn,
    userId: accountId,
  };
}

function scopeOf(request: Pick<WireRequest, 'headers' | 'query'>) {
  try {
    return credentialScopeOf(request);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
