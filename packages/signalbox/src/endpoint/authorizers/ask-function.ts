import { RE2JS, RE2JSException } from 're2js';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { LambdaAuthorizer } from '../../template/api/authorizer.ts';
import { type InvokeOptions, invokeFunction } from '../invoke-function.ts';
import { type Admission, type Asking, admitted, refused, unauthorized } from './admission.ts';
import { verdictOf } from './invoke-policy.ts';

/**
 * Asks the function of an authorizer; nothing is remembered, so that it is asked at each request.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export async function askFunction(
  authorizer: LambdaAuthorizer,
  asking: Asking,
  options: InvokeOptions,
): Promise<Admission> {
  const identities = authorizer.identitySources.map(asking.identity);
  const given = identities.filter((identity) => identity !== undefined && identity !== '');
  if (given.length < identities.length) return unauthorized();
  const { validation } = authorizer;
  const [token = ''] = identities;
  if (validation !== undefined && !fitsWhole(validation, token)) return unauthorized();
  const event = eventFor(authorizer, asking, identities.map(String));
  const invoked = await invokeFunction(authorizer.functionName, event, options).catch(() => null);
  if (invoked === null) return failed(asking, '');
  const { response, isFailed } = invoked;
  if (!isFailed) return admission(authorizer, asking, response);
  return failed(asking, isJsonObject(response) ? String(response['errorMessage'] ?? '') : '');
}

function eventFor(
  { asks, payloadFormat }: LambdaAuthorizer,
  asking: Asking,
  identities: readonly string[],
): JsonObject {
  const { methodArn, isRest } = asking;
  if (asks === 'TOKEN')
    return { type: 'TOKEN', methodArn, authorizationToken: identities[0] ?? '' };
  const event = asking.event(payloadFormat);
  if (payloadFormat === '2.0') {
    return { ...event, type: 'REQUEST', routeArn: methodArn, identitySource: [...identities] };
  }
  if (isRest) return { type: 'REQUEST', methodArn, ...event };
  const identity = identities.join(',');
  const named = { identitySource: identity, authorizationToken: identity };
  return { version: '1.0', type: 'REQUEST', methodArn, ...named, ...event };
}

/** AWS: a REST API takes an error with the message `Unauthorized` for a refusal. */
function failed({ isRest }: Asking, message: string): Admission {
  if (!isRest) return refused(500, { message: 'Internal Server Error' });
  return message === 'Unauthorized' ? unauthorized() : refused(500, { message: null });
}

function admission(authorizer: LambdaAuthorizer, asking: Asking, response: Json): Admission {
  if (!isJsonObject(response)) return failed(asking, '');
  const context = isJsonObject(response['context']) ? response['context'] : {};
  if (authorizer.givesSimpleResponses) {
    if (response['isAuthorized'] === true) return admitted({ lambda: context });
    return forbidden(asking, false);
  }
  const { principalId, policyDocument } = response;
  if (typeof principalId !== 'string' || !isJsonObject(policyDocument)) return failed(asking, '');
  const verdict = verdictOf(policyDocument, asking.methodArn);
  if (verdict !== 'allow') return forbidden(asking, verdict === 'deny');
  if (!asking.isRest) return admitted({ lambda: context });
  // AWS: a REST API hands the context on as texts.
  const texts = Object.entries(context).map(([name, value]) => [name, textOf(value)]);
  return admitted({ principalId, ...Object.fromEntries(texts) });
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function forbidden({ isRest }: Asking, isExplicit: boolean): Admission {
  if (!isRest) return refused(403, { message: 'Forbidden' });
  const end = isExplicit ? ' with an explicit deny' : '';
  return refused(403, { Message: `User is not authorized to access this resource${end}` });
}

function fitsWhole(pattern: string, text: string): boolean {
  try {
    return RE2JS.compile(pattern).matches(text);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return false;
  }
}
