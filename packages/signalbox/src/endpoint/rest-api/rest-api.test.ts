import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { ActionIntegration } from '../../template/api/rest-api-resource.ts';
import { fakeService, startTestEndpoint } from '../endpoint-under-test.ts';
import { createRestApi } from './rest-api.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';

// As SAM writes it for an Api event of a state machine.
const START: ActionIntegration = {
  kind: 'action',
  service: 'states',
  action: 'StartExecution',
  queueName: undefined,
  credentials: 'arn:aws:iam::123456789012:role/api',
  requestTemplates: {
    'application/json': `{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "${ARN}"}`,
  },
  responses: [
    { pattern: '200', statusCode: 201, template: undefined },
    { pattern: '4\\d{2}', statusCode: 422, template: `{"why": "$input.path('$.message')"}` },
  ],
};

const SEND: ActionIntegration = {
  ...START,
  service: 'sqs',
  action: 'SendMessage',
  queueName: 'letters',
  credentials: undefined,
  requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$input.body' },
  responses: [],
};

const LOOP: ActionIntegration = {
  ...START,
  requestTemplates: { 'application/json': '#foreach($i in $input.path("$"))x#end' },
};

const OPEN = { authorizer: 'NONE', needsKey: false } as const;

let answer: () => object;
const lambda = fakeService('lambda', '@aws-sdk/client-lambda', { Invoke: () => answer() });
const states = fakeService('states', '@aws-sdk/client-sfn', { StartExecution: () => answer() });
const sqs = fakeService('sqs', '@aws-sdk/client-sqs', { SendMessage: () => answer() });

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let base: string;

beforeAll(async () => {
  const api = createRestApi({
    api: {
      logicalId: 'Api',
      path: 'Api',
      id: 'rest1',
      routes: [
        { method: 'POST', path: '/orders', integration: START, ...OPEN },
        { method: 'POST', path: '/letters', integration: SEND, ...OPEN },
        { method: 'POST', path: '/loop', integration: LOOP, ...OPEN },
        { method: 'GET', path: '/mock', integration: { kind: 'other', type: 'MOCK' }, ...OPEN },
        {
          method: 'ANY',
          path: '/users/{userId}',
          integration: { kind: 'lambda', functionName: 'get-user' },
          ...OPEN,
        },
      ],
      keys: [],
    },
    accountId: '123456789012',
    region: 'eu-west-1',
    call: (...args) => endpoint.registry.call(...args),
    caller: { arn: 'apigateway.amazonaws.com' },
    callerOf: () => ({ arn: 'arn:aws:iam::123456789012:root' }),
    queueUrlOf: (name) => `http://queues/${name}`,
    now: () => new Date('2020-03-12T19:03:58.390Z'),
  });
  endpoint = await startTestEndpoint([lambda, states, sqs], [api]);
  base = `${endpoint.url}/_aws/execute-api/rest1/Prod`;
});

beforeEach(() => {
  answer = () => ({ StatusCode: 200, Payload: Buffer.from('{"statusCode":202,"body":"taken"}') });
  for (const service of [lambda, states, sqs]) service.seen.length = 0;
});

afterAll(() => endpoint.close());

const post = (path: string, body: string) => fetch(`${base}${path}`, { method: 'POST', body });

describe('createRestApi()', () => {
  test('hands the function the event of payload format 1.0', async () => {
    const response = await fetch(`${base}/users/ada?a=1&a=2`, { headers: { 'X-Test': 'Yes' } });

    expect([response.status, await response.text()]).toEqual([202, 'taken']);
    const input = lambda.seen[0]?.input ?? {};
    const event = 'Payload' in input ? JSON.parse(String(input.Payload)) : undefined;
    expect(event).toMatchObject({
      resource: '/users/{userId}',
      path: '/users/ada',
      httpMethod: 'GET',
      headers: { 'x-test': 'Yes' },
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      pathParameters: { userId: 'ada' },
      requestContext: { stage: 'Prod', resourcePath: '/users/{userId}' },
      body: null,
    });
  });

  test('starts an execution with what the mapping template makes of the body', async () => {
    answer = () => ({ executionArn: 'arn:e', startDate: new Date(1_500) });

    const response = await post('/orders', '{"item": "a \\"b\\""}');

    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ executionArn: 'arn:e', startDate: 1.5 });
    expect(states.seen[0]).toMatchObject({
      input: { stateMachineArn: ARN, input: '{"item":"a \\"b\\""}' },
      caller: { arn: 'arn:aws:iam::123456789012:role/api' },
    });
  });

  test('answers a refusal by the response of its status', async () => {
    answer = () => {
      throw new AwsError('ExecutionAlreadyExists', 'It runs already');
    };

    const response = await post('/orders', '{}');

    expect([response.status, await response.json()]).toEqual([422, { why: 'It runs already' }]);
  });

  test('sends a message to the queue of its path', async () => {
    answer = () => ({ MessageId: 'm1' });

    const response = await post('/letters', 'hello');

    expect([response.status, await response.json()]).toEqual([200, { MessageId: 'm1' }]);
    expect(sqs.seen[0]).toMatchObject({
      input: { QueueUrl: 'http://queues/letters', MessageBody: 'hello' },
    });
  });

  test.each([
    ['/loop', 'The rehearsal does not evaluate the directive #foreach of mapping templates'],
    ['/mock', 'The rehearsal has no integration of type MOCK'],
  ])('says by name that it does not do %s', async (path, message) => {
    const response = await fetch(`${base}${path}`, { method: path === '/mock' ? 'GET' : 'POST' });

    expect([response.status, await response.json()]).toEqual([501, { message }]);
  });

  test('takes an unknown path for a request without a signature, as API Gateway does', async () => {
    const response = await fetch(`${base}/nothing`);

    expect([response.status, await response.json()]).toEqual([
      403,
      { message: 'Missing Authentication Token' },
    ]);
  });

  test('answers 502 for a function that fails, or gives no status', async () => {
    answer = () => ({ StatusCode: 200, Payload: Buffer.from('"done"') });
    expect((await fetch(`${base}/users/a`)).status).toBe(502);

    answer = () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from('{}') });
    expect((await fetch(`${base}/users/a`)).status).toBe(502);
  });
});
