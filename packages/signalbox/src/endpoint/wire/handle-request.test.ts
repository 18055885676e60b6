import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fakeService, startTestEndpoint } from '../endpoint-under-test.ts';
import { type HandleRequestOptions, handleRequest } from './handle-request.ts';
import type { WireRequest, WireResponse } from './wire-message.ts';

const noted: unknown[] = [];
const services = [
  fakeService('states', '@aws-sdk/client-sfn', { StartExecution: () => ({}) }),
  fakeService('dynamodb', '@aws-sdk/client-dynamodb', { PutItem: () => ({}) }),
  fakeService('sqs', '@aws-sdk/client-sqs', { SendMessage: () => ({}) }),
  fakeService('sns', '@aws-sdk/client-sns', { Publish: () => ({}) }),
  fakeService('lambda', '@aws-sdk/client-lambda', {
    Invoke: () => ({ StatusCode: 200 }),
    TagResource: () => ({}),
  }),
  fakeService('monitoring', '@aws-sdk/client-cloudwatch', {
    PutMetricData: () => ({}),
    ListMetrics: () => {
      throw new TypeError('a bug');
    },
  }),
];

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let options: HandleRequestOptions;

beforeAll(async () => {
  endpoint = await startTestEndpoint(services);
  const { registry, principals } = endpoint;
  options = { registry, principals, onBug: (bug) => void noted.push(bug) };
});

afterAll(() => endpoint.close());

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIA/20260131/eu-west-1/${service}/aws4_request, Signature=0`;

function ask(given: Partial<Omit<WireRequest, 'body'>> & { body?: string | Buffer }) {
  const body = Buffer.from(given.body ?? '');
  const query = new URLSearchParams();
  return handleRequest({ method: 'POST', path: '/', query, headers: {}, ...given, body }, options);
}

function askJson(service: string, target: string, body: string) {
  return ask({ headers: { authorization: scope(service), 'x-amz-target': target }, body });
}

const textOf = ({ body }: WireResponse) => Buffer.from(body).toString();

describe('handleRequest()', () => {
  test('refuses a request that nobody signed', async () => {
    const response = await ask({ headers: { 'x-amz-target': 'AWSStepFunctions.StartExecution' } });

    expect(response.status).toBe(403);
    expect(JSON.parse(textOf(response))).toEqual({
      __type: 'MissingAuthenticationToken',
      message: 'Request is missing Authentication Token',
    });
  });

  test('refuses a signature without a credential scope', async () => {
    const response = await ask({ headers: { authorization: 'Bearer x', 'x-amz-target': 'A.B' } });

    expect(response.status).toBe(400);
    expect(textOf(response)).toContain('IncompleteSignature');
  });

  test('takes the credential scope from a presigned URL', async () => {
    const query = new URLSearchParams({
      Action: 'Publish',
      Message: 'm',
      'X-Amz-Credential': 'AKIA/20260131/eu-west-1/sns/aws4_request',
    });

    const response = await ask({ method: 'GET', query });

    expect(response.status).toBe(200);
    expect(textOf(response)).toContain('<PublishResult');
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '7'],
    ['null', 'null'],
  ])('refuses a body that is %s', async (_name, body) => {
    const response = await askJson('states', 'AWSStepFunctions.StartExecution', body);

    expect(response.status).toBe(400);
    expect(JSON.parse(textOf(response))).toMatchObject({ __type: 'SerializationException' });
  });

  test.each([
    ['{"name":7}', 'NUMBER_VALUE cannot be converted to String'],
    ['{"name":true}', 'TRUE_VALUE cannot be converted to String'],
    ['{"name":{}}', 'Start of structure or map found where not expected.'],
    ['{"name":[]}', 'Start of list found where not expected'],
  ])('refuses %s, which has the wrong type', async (body, message) => {
    const response = await askJson('states', 'AWSStepFunctions.StartExecution', body);

    expect(JSON.parse(textOf(response))).toEqual({ __type: 'SerializationException', message });
  });

  test.each(['{"Item":{"id":["S"]}}', '{"Item":{"id":{"L":[[]]}}}', '{"Item":[]}'])(
    'refuses %s, which has a list for a structure',
    async (body) => {
      const response = await askJson('dynamodb', 'DynamoDB_20120810.PutItem', body);

      expect(response.status).toBe(400);
      expect(JSON.parse(textOf(response))).toEqual({
        __type: 'SerializationException',
        message: 'Start of list found where not expected',
      });
    },
  );

  test('names the services that are served where one is not', async () => {
    const json = await askJson('kinesis', 'Kinesis_20131202.ListStreams', '{}');
    const xml = await ask({ method: 'GET', path: '/box', headers: { authorization: scope('s3') } });

    expect(json.status).toBe(400);
    expect(JSON.parse(textOf(json)).message).toBe(
      'Cannot run kinesis:ListStreams: no service "kinesis" is rehearsed; ' +
        'served services: dynamodb, lambda, monitoring, sns, sqs, states',
    );
    expect(textOf(xml)).toContain('<Code>UnknownOperationException</Code>');
  });

  test('names the request where no REST operation has its method and path', async () => {
    const headers = { authorization: scope('lambda') };

    const response = await ask({ method: 'GET', path: '/2015-03-31/nonsense', headers });

    expect(response.headers['x-amzn-errortype']).toBe('UnknownOperationException');
    expect(textOf(response)).toContain('Cannot run lambda:GET /2015-03-31/nonsense');
  });

  test('responds to a bug without its stack', async () => {
    const response = await askJson('monitoring', 'GraniteServiceVersion20100801.ListMetrics', '{}');

    expect(response.status).toBe(500);
    expect(JSON.parse(textOf(response))).toEqual({
      __type: 'InternalFailure',
      message:
        'The request processing has failed because of an unknown error, exception or failure.',
    });
    expect(endpoint.bugs).toEqual([new TypeError('a bug')]);
    expect(noted).toEqual([]);
  });

  test('recognizes the caller by the access key', async () => {
    const { accessKeyId } = endpoint.principals.issue('arn:aws:iam::123456789012:role/submit');
    const authorization = scope('states').replace('AKIA', accessKeyId);

    await ask({
      headers: { authorization, 'x-amz-target': 'AWSStepFunctions.StartExecution' },
      body: '{}',
    });

    expect(services[0]?.seen.at(-1)?.caller).toEqual({
      arn: 'arn:aws:iam::123456789012:role/submit',
      region: 'eu-west-1',
    });
  });

  test('responds to any body with a success or a well-formed refusal', async () => {
    const targets = fc.constantFrom(
      { service: 'states', target: 'AWSStepFunctions.StartExecution' },
      { service: 'dynamodb', target: 'DynamoDB_20120810.PutItem' },
      { service: 'sqs', target: 'AmazonSQS.SendMessage' },
    );
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((item) => `{"Item":${item}}`),
    );
    await fc.assert(
      fc.asyncProperty(targets, bodies, async ({ service, target }, body) => {
        const response = await askJson(service, target, body);

        expect([200, 400]).toContain(response.status);
        expect(JSON.parse(textOf(response))).toBeInstanceOf(Object);
      }),
    );
    expect(noted).toEqual([]);
  });

  test('responds to any form, path and CBOR with a success or a well-formed refusal', async () => {
    const forms = fc.array(fc.tuple(fc.string(), fc.string())).map((pairs) => ({
      headers: {
        authorization: scope('sns'),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams([['Action', 'Publish'], ...pairs]).toString(),
    }));
    const paths = fc.tuple(fc.webPath(), fc.string()).map(([tail, body]) => ({
      path: `/2017-03-31/tags/${tail}%`,
      headers: { authorization: scope('lambda') },
      body,
    }));
    const cbor = fc.uint8Array().map((bytes) => ({
      path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
      headers: { authorization: scope('monitoring'), 'smithy-protocol': 'rpc-v2-cbor' },
      body: Buffer.from(bytes),
    }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(forms, paths, cbor), async (given) => {
        const response = await ask(given);

        expect([200, 204, 400]).toContain(response.status);
        expect(response.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
      }),
      { numRuns: 300 },
    );
    expect(noted).toEqual([]);
  });

  test('refuses a body nested deeper than any service reads', async () => {
    const deep = `{"Item":{"a":${'{"M":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}}}`;

    const response = await askJson('dynamodb', 'DynamoDB_20120810.PutItem', deep);

    expect(response.status).toBe(400);
    expect(JSON.parse(textOf(response))).toMatchObject({ __type: 'SerializationException' });
  });

  test('takes its own failure to write a response for a bug', async () => {
    const headers = { authorization: scope('lambda') };
    const { call } = endpoint.registry;
    const broken: HandleRequestOptions = {
      ...options,
      registry: {
        services: endpoint.registry.services,
        call: async (...args) => ({ ...(await call(...args)), Payload: 7 }),
      },
    };

    const response = await handleRequest(
      {
        method: 'POST',
        path: '/2015-03-31/functions/f/invocations',
        query: new URLSearchParams(),
        headers,
        body: Buffer.alloc(0),
      },
      broken,
    );

    expect(response.status).toBe(500);
    expect(noted.splice(0)).toEqual([expect.any(TypeError)]);
  });
});
