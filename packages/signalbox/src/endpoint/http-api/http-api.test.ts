import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { fakeService, startTestEndpoint } from '../endpoint-under-test.ts';
import { createHttpApi } from './http-api.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const payload = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '');

let respond: () => object;
const lambda = fakeService('lambda', '@aws-sdk/client-lambda', { Invoke: () => respond() });

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let base: string;

beforeAll(async () => {
  const api = createHttpApi({
    api: {
      logicalId: 'Api',
      path: 'Api',
      id: 'abc123',
      routes: [
        { method: 'POST', path: '/orders', functionName: 'submit-order', authorizer: 'NONE' },
        { method: 'GET', path: '/users/{userId}', functionName: 'get-user', authorizer: 'NONE' },
        { method: 'POST', path: '/approvals', functionName: 'approve', authorizer: 'AWS_IAM' },
      ],
    },
    accountId: '123456789012',
    region: 'eu-west-1',
    call: (...args) => endpoint.registry.call(...args),
    caller,
    callerOf: () => ({ arn: 'arn:aws:iam::123456789012:role/ada' }),
    now: () => new Date('2020-03-12T19:03:58.390Z'),
  });
  endpoint = await startTestEndpoint([lambda], [api]);
  base = `${endpoint.url}/_aws/execute-api/abc123`;
});

beforeEach(() => {
  respond = () => ({ StatusCode: 200, Payload: payload({ statusCode: 202, body: 'taken' }) });
  lambda.seen.length = 0;
});

afterAll(() => endpoint.close());

function seenEvent(): unknown {
  const input = lambda.seen.at(-1)?.input ?? {};
  return 'Payload' in input ? JSON.parse(String(input.Payload)) : undefined;
}

describe('createHttpApi()', () => {
  test('forbids a route of AWS_IAM to whoever did not sign, and says who did', async () => {
    const url = `${base}/approvals`;
    const scope = (service: string) => ({
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA1/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    });

    const unsigned = await fetch(url, { method: 'POST' });
    const other = await fetch(url, { method: 'POST', headers: scope('states') });
    expect([unsigned.status, await unsigned.json()]).toEqual([403, { message: 'Forbidden' }]);
    expect(other.status).toBe(403);
    expect(lambda.seen).toEqual([]);

    const signed = await fetch(url, { method: 'POST', headers: scope('execute-api') });
    expect(signed.status).toBe(202);
    expect(seenEvent()).toMatchObject({
      requestContext: {
        authorizer: { iam: { accessKey: 'AKIA1', userArn: 'arn:aws:iam::123456789012:role/ada' } },
      },
    });
  });

  test('hands the function the event of payload format 2.0', async () => {
    const response = await fetch(`${base}/users/j%C3%BCrgen%20x?a=1&a=%32&b=c%20d`, {
      headers: { cookie: 'k=1; l=2', 'X-Test': 'Yes', 'user-agent': 'test/1' },
    });

    expect(response.status).toBe(202);
    expect(lambda.seen[0]).toMatchObject({
      input: { FunctionName: 'get-user', InvocationType: 'RequestResponse' },
      caller,
    });
    expect(seenEvent()).toEqual({
      version: '2.0',
      routeKey: 'GET /users/{userId}',
      rawPath: '/users/jürgen x',
      rawQueryString: 'a=1&a=%32&b=c%20d',
      cookies: ['k=1', 'l=2'],
      headers: expect.objectContaining({
        host: 'abc123.execute-api.eu-west-1.amazonaws.com',
        'x-test': 'Yes',
        'x-forwarded-for': '127.0.0.1',
      }),
      queryStringParameters: { a: '1,2', b: 'c d' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'abc123',
        domainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
        domainPrefix: 'abc123',
        http: {
          method: 'GET',
          path: '/users/jürgen x',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test/1',
        },
        requestId: response.headers.get('apigw-requestid'),
        routeKey: 'GET /users/{userId}',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: 1584039838390,
      },
      pathParameters: { userId: 'jürgen x' },
      isBase64Encoded: false,
    });
  });

  test.each([
    ['application/json; charset=utf-8', '{"a":"é"}', false],
    ['text/csv', '{"a":"é"}', false],
    ['application/x-www-form-urlencoded', 'eyJhIjoiw6kifQ==', true],
    ['application/octet-stream', 'eyJhIjoiw6kifQ==', true],
  ])('hands on a body of type %s', async (type, body, isBase64Encoded) => {
    const sent = Buffer.from('{"a":"é"}');

    await fetch(`${base}/orders`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: sent,
    });

    expect(seenEvent()).toMatchObject({ body, isBase64Encoded, routeKey: 'POST /orders' });
    expect(seenEvent()).not.toHaveProperty('queryStringParameters');
    expect(seenEvent()).not.toHaveProperty('cookies');
  });

  test('sends cookies one by one', async () => {
    respond = () => ({ Payload: payload({ statusCode: 200, cookies: ['a=1', 'b=2'], body: 'x' }) });

    const response = await fetch(`${base}/users/1`);

    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('x');
  });

  test('sends a 204 without a body or a length', async () => {
    respond = () => ({ Payload: payload({ statusCode: 204 }) });

    const response = await fetch(`${base}/users/1`);

    expect(response.status).toBe(204);
    expect(response.headers.get('content-length')).toBeNull();
  });

  test('responds Not Found where no route matches', async () => {
    const response = await fetch(`${base}/nowhere`);

    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ message: 'Not Found' });
    expect(lambda.seen).toEqual([]);
  });

  test('hides a function error behind an Internal Server Error', async () => {
    respond = () => ({ FunctionError: 'Unhandled', Payload: payload({ errorMessage: 'secret' }) });

    const response = await fetch(`${base}/users/1`);

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  test('responds Service Unavailable when the function is throttled', async () => {
    respond = () => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.');
    };

    const response = await fetch(`${base}/users/1`);

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'Service Unavailable' });
  });

  test('responds with an Internal Server Error where the function cannot be invoked', async () => {
    respond = () => {
      throw new AwsError('ResourceNotFoundException', 'Function not found: get-user');
    };

    const response = await fetch(`${base}/users/1`);

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  test('refuses a body of more than ten mebibytes', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');

    const response = await fetch(`${base}/orders`, { method: 'POST', body });

    expect(response.status).toBe(413);
    expect(lambda.seen).toEqual([]);
  });
});
