import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type {
  JwtAuthorizer,
  LambdaAuthorizer,
  RouteAuthorizer,
} from '../../template/api/authorizer.ts';
import type { HttpRoute } from '../../template/api/http-api-resource.ts';
import { fakeService, startTestEndpoint } from '../endpoint-under-test.ts';
import { createHttpApi } from '../http-api/http-api.ts';
import { createRestApi } from '../rest-api/rest-api.ts';

const NOW = new Date('2026-03-12T19:03:58.000Z');
const NOW_SECONDS = NOW.getTime() / 1000;

const ASKED: LambdaAuthorizer = {
  kind: 'lambda',
  name: 'Own',
  functionName: 'decide',
  asks: 'REQUEST',
  payloadFormat: '2.0',
  givesSimpleResponses: true,
  identitySources: ['header.Authorization'],
  validation: undefined,
};

const CLAIMS: JwtAuthorizer = {
  kind: 'jwt',
  name: 'Pool',
  issuer: { whole: 'https://issuer' },
  audience: ['app'],
  scopes: [],
  identitySource: 'header.Authorization',
};

/** Routes by path, each with its authorizer. */
const AUTHORIZERS: Readonly<Record<string, RouteAuthorizer>> = {
  open: 'NONE',
  signed: 'AWS_IAM',
  simple: ASKED,
  policy: { ...ASKED, givesSimpleResponses: false },
  old: { ...ASKED, givesSimpleResponses: false, payloadFormat: '1.0' },
  token: {
    ...ASKED,
    givesSimpleResponses: false,
    payloadFormat: '1.0',
    asks: 'TOKEN',
    validation: 'Bearer .+',
  },
  query: { ...ASKED, identitySources: ['querystring.key', 'header.X-Tenant'] },
  claims: CLAIMS,
  scoped: { ...CLAIMS, scopes: ['orders:write', 'admin'] },
  pool: { ...CLAIMS, issuer: { end: ['eu-west-1_abc'] }, audience: [] },
  strange: { kind: 'other', name: 'Vault', type: 'MTLS' },
};

const OPEN: HttpRoute = { method: 'GET', path: '', functionName: '', authorizer: 'NONE' };

let answer: (event: JsonObject) => Json;
let asked: JsonObject[];
let served: JsonObject[];

const lambda = fakeService('lambda', '@aws-sdk/client-lambda', {
  Invoke(input) {
    const { FunctionName, Payload } = { FunctionName: '', Payload: '{}', ...input };
    const event: JsonObject = JSON.parse(String(Payload));
    if (FunctionName === 'serve') {
      served.push(event);
      return { Payload: Buffer.from('{"statusCode":200,"body":"served"}') };
    }
    asked.push(event);
    const response = answer(event);
    const isError = isJsonObject(response) && response['errorMessage'] !== undefined;
    return {
      Payload: Buffer.from(JSON.stringify(response)),
      ...(isError && { FunctionError: 'Unhandled' }),
    };
  },
});

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

beforeAll(async () => {
  const options = {
    accountId: '123456789012',
    region: 'eu-west-1',
    call: (...args: Parameters<typeof endpoint.registry.call>) => endpoint.registry.call(...args),
    caller: { arn: 'apigateway.amazonaws.com' },
    callerOf: () => ({ arn: 'arn:aws:iam::123456789012:role/ada' }),
    now: () => NOW,
  };
  const routes: HttpRoute[] = Object.entries(AUTHORIZERS).map(([name, authorizer]) => ({
    method: 'GET',
    path: `/${name}`,
    functionName: 'serve',
    authorizer,
  }));
  const http = createHttpApi({
    ...options,
    api: { logicalId: 'H', path: 'H', id: 'http1', routes },
  });
  routes.push({ ...OPEN, path: '/elsewhere', refusal: 'integration of SQS-SendMessage' });
  const integration = { kind: 'lambda', functionName: 'serve' } as const;
  const methods = routes.map((route) => ({ ...route, integration, needsKey: false }));
  const keyed = {
    method: 'GET',
    path: '/keyed',
    integration,
    authorizer: 'NONE',
    needsKey: true,
  } as const;
  const api = { logicalId: 'R', path: 'R', id: 'rest1', routes: [...methods, keyed], keys: ['k1'] };
  const rest = createRestApi({ ...options, api, queueUrlOf: (name) => name });
  endpoint = await startTestEndpoint([lambda], [http, rest]);
});

beforeEach(() => {
  answer = () => ({ isAuthorized: true, context: { tenant: 'a', level: 3 } });
  asked = [];
  served = [];
});

afterAll(() => endpoint.close());

async function get(
  api: 'http1' | 'rest1/Prod',
  path: string,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${endpoint.url}/_aws/execute-api/${api}/${path}`, { headers });
  const text = await response.text();
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : text;
  return { status: response.status, body, challenge: response.headers.get('www-authenticate') };
}

const AUTH = { authorization: 'Bearer abc' };

function policy(Effect: string, Resource: string): Json {
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource }];
  return {
    principalId: 'ada',
    policyDocument: { Version: '2012-10-17', Statement },
    context: { tenant: 'a', level: 3 },
  };
}

function token(claims: JsonObject): Record<string, string> {
  const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return { authorization: `Bearer ${part({ alg: 'RS256' })}.${part(claims)}.sig` };
}

// API Gateway developer guide, "Control access to HTTP APIs with AWS Lambda authorizers".
describe('a function that an HTTP API asks', () => {
  test('gets the request in format 2.0, and the integration its context', async () => {
    expect(await get('http1', 'simple?a=1', AUTH)).toMatchObject({ status: 200, body: 'served' });
    expect(asked).toEqual([
      expect.objectContaining({
        version: '2.0',
        type: 'REQUEST',
        routeArn: 'arn:aws:execute-api:eu-west-1:123456789012:http1/$default/GET/simple',
        identitySource: ['Bearer abc'],
        routeKey: 'GET /simple',
        queryStringParameters: { a: '1' },
      }),
    ]);
    expect(asked[0]).not.toHaveProperty('body');
    expect(served[0]).toMatchObject({
      requestContext: { authorizer: { lambda: { tenant: 'a', level: 3 } } },
    });
  });

  test('gets it in format 1.0', async () => {
    answer = () => policy('Allow', '*');
    expect(await get('http1', 'old', AUTH)).toMatchObject({ status: 200 });
    expect(asked).toEqual([
      expect.objectContaining({
        version: '1.0',
        type: 'REQUEST',
        methodArn: expect.stringContaining(':http1/$default/GET/old'),
        identitySource: 'Bearer abc',
        authorizationToken: 'Bearer abc',
        resource: '/old',
        httpMethod: 'GET',
      }),
    ]);
  });

  test('is not asked without every identity source', async () => {
    const unauthorized = { status: 401, body: { message: 'Unauthorized' } };
    expect(await get('http1', 'simple')).toMatchObject(unauthorized);
    expect(await get('http1', 'query?key=1')).toMatchObject(unauthorized);
    expect(asked).toEqual([]);
    expect(await get('http1', 'query?key=1', { 'x-tenant': 't' })).toMatchObject({ status: 200 });
    expect(asked).toEqual([expect.objectContaining({ identitySource: ['1', 't'] })]);
  });

  test.each([
    ['simple', { isAuthorized: false }, 403, 'Forbidden'],
    ['simple', {}, 403, 'Forbidden'],
    ['policy', policy('Deny', '*'), 403, 'Forbidden'],
    ['policy', policy('Allow', 'arn:aws:execute-api:*:*:other/*'), 403, 'Forbidden'],
    ['policy', { isAuthorized: true }, 500, 'Internal Server Error'],
    ['policy', { errorMessage: 'Unauthorized' }, 500, 'Internal Server Error'],
  ])('that answers %s with %j refuses with %i', async (path, response, status, message) => {
    answer = () => response;
    expect(await get('http1', path, AUTH)).toMatchObject({ status, body: { message } });
    expect(served).toEqual([]);
  });
});

// API Gateway developer guide, "Use API Gateway Lambda authorizers".
describe('a function that a REST API asks', () => {
  test('gets the token, and the integration the principal and texts', async () => {
    answer = () => policy('Allow', 'arn:aws:execute-api:eu-west-1:123456789012:rest1/Prod/GET/*');
    expect(await get('rest1/Prod', 'token', AUTH)).toMatchObject({ status: 200 });
    expect(asked).toEqual([
      {
        type: 'TOKEN',
        methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:rest1/Prod/GET/token',
        authorizationToken: 'Bearer abc',
      },
    ]);
    expect(served[0]).toMatchObject({
      requestContext: { authorizer: { principalId: 'ada', tenant: 'a', level: '3' } },
    });
  });

  test.each([
    [{}, policy('Allow', '*'), 401, { message: 'Unauthorized' }],
    [{ authorization: 'Basic x' }, policy('Allow', '*'), 401, { message: 'Unauthorized' }],
    [AUTH, { errorMessage: 'Unauthorized' }, 401, { message: 'Unauthorized' }],
    [AUTH, { errorMessage: 'broken' }, 500, { message: null }],
    [AUTH, 'nonsense', 500, { message: null }],
    [
      AUTH,
      policy('Deny', '*'),
      403,
      { Message: 'User is not authorized to access this resource with an explicit deny' },
    ],
    [
      AUTH,
      policy('Allow', 'arn:aws:execute-api:*:*:*/Prod/POST/*'),
      403,
      { Message: 'User is not authorized to access this resource' },
    ],
  ])('refuses %j that is answered with %j', async (headers, response, status, body) => {
    answer = () => response;
    expect(await get('rest1/Prod', 'token', headers)).toMatchObject({ status, body });
    expect(served).toEqual([]);
  });
});

describe('claims', () => {
  const GOOD = {
    iss: 'https://issuer',
    aud: 'app',
    exp: NOW_SECONDS + 60,
    scope: 'admin orders:read',
  };

  test('are handed on', async () => {
    expect(await get('http1', 'claims', token(GOOD))).toMatchObject({ status: 200 });
    expect(await get('http1', 'scoped', token(GOOD))).toMatchObject({ status: 200 });
    expect(served).toEqual([
      expect.objectContaining({
        requestContext: expect.objectContaining({
          authorizer: { jwt: { claims: GOOD, scopes: null } },
        }),
      }),
      expect.objectContaining({
        requestContext: expect.objectContaining({
          authorizer: { jwt: { claims: GOOD, scopes: ['admin', 'orders:read'] } },
        }),
      }),
    ]);
  });

  test.each([
    ['claims', { ...GOOD, iss: 'https://other' }, 401, 'invalid_token'],
    ['claims', { ...GOOD, aud: 'other' }, 401, 'invalid_token'],
    ['claims', { ...GOOD, exp: NOW_SECONDS - 1 }, 401, 'invalid_token'],
    ['claims', { ...GOOD, nbf: NOW_SECONDS + 9 }, 401, 'invalid_token'],
    ['scoped', { ...GOOD, scope: 'orders:read' }, 403, 'insufficient_scope'],
  ])('of %s refuse %j', async (path, claims, status, error) => {
    const refusal = await get('http1', path, token(claims));
    expect(refusal.status).toBe(status);
    expect(refusal.challenge).toContain(`error="${error}"`);
    expect(served).toEqual([]);
  });

  test('of a user pool admit to a REST API', async () => {
    const iss = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc';
    const claims = { iss, exp: NOW_SECONDS + 60, sub: 'ada' };
    expect(await get('rest1/Prod', 'pool', token(claims))).toMatchObject({ status: 200 });
    expect(served[0]).toMatchObject({ requestContext: { authorizer: { claims } } });
    const expired = await get('rest1/Prod', 'pool', token({ ...claims, exp: 1 }));
    expect(expired).toMatchObject({
      status: 401,
      body: { message: 'The incoming token has expired' },
    });
    expect(await get('rest1/Prod', 'pool', AUTH)).toMatchObject({ status: 401 });
    expect(await get('rest1/Prod', 'pool')).toMatchObject({ status: 401 });
  });
});

describe('a REST API', () => {
  const signed = {
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIA1/20260101/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=0',
  };

  test('forbids a method of AWS_IAM to whoever did not sign, and says who did', async () => {
    const body = { message: 'Missing Authentication Token' };
    expect(await get('rest1/Prod', 'signed')).toMatchObject({ status: 403, body });
    expect(await get('rest1/Prod', 'signed', signed)).toMatchObject({ status: 200 });
    expect(served[0]).toMatchObject({
      requestContext: {
        identity: { accessKey: 'AKIA1', userArn: expect.stringContaining('role/ada') },
      },
    });
  });

  test('forbids a method that needs a key to whoever has none', async () => {
    const forbidden = { status: 403, body: { message: 'Forbidden' } };
    expect(await get('rest1/Prod', 'keyed')).toMatchObject(forbidden);
    expect(await get('rest1/Prod', 'keyed', { 'x-api-key': 'k2' })).toMatchObject(forbidden);
    expect(await get('rest1/Prod', 'keyed', { 'x-api-key': 'k1' })).toMatchObject({ status: 200 });
  });
});

test('a route whose integration the rehearsal has not is refused by name', async () => {
  const body = { message: 'The rehearsal has no integration of SQS-SendMessage' };
  expect(await get('http1', 'elsewhere')).toMatchObject({ status: 501, body });
});

test('an authorizer that the rehearsal has not is refused by name, and nobody is admitted', async () => {
  const body = { message: 'The rehearsal has no authorizer of type MTLS, as Vault is' };
  expect(await get('http1', 'strange')).toMatchObject({ status: 501, body });
  expect(await get('rest1/Prod', 'strange')).toMatchObject({ status: 501, body });
  expect(served).toEqual([]);
});
