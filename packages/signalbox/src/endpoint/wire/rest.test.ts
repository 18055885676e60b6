import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types';
import { AwsError } from '../../core/aws-error.ts';
import { clientOptions, fakeService, startTestEndpoint } from '../endpoint-under-test.ts';
import { errorShapeOf } from './error-shape.ts';
import { restXml } from './rest.ts';
import { modelOf } from './service-model.ts';
import type { WireRequest } from './wire-message.ts';

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:submit-order';

const lambda = fakeService('lambda', '@aws-sdk/client-lambda', {
  Invoke: (input) => {
    if ('InvocationType' in input && input.InvocationType === 'Event') return { StatusCode: 202 };
    if ('FunctionName' in input && input.FunctionName === 'busy') {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        retryAfterSeconds: '7',
      });
    }
    return {
      StatusCode: 200,
      FunctionError: 'Unhandled',
      LogResult: 'bG9n',
      Payload: new TextEncoder().encode('{"é":[1]}'),
    };
  },
  GetFunction: () => ({ Configuration: { FunctionArn: FUNCTION_ARN, Timeout: 3 } }),
  ListTags: () => ({ Tags: { team: 'orders' } }),
  TagResource: () => ({}),
  UntagResource: () => ({}),
});

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: LambdaClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint([lambda]);
  client = new LambdaClient(clientOptions(endpoint.url));
});

afterAll(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

describe('restJson', () => {
  test('carries labels, headers, query and payload of Lambda Invoke both ways', async () => {
    const Payload = Uint8Array.of(0, 1, 254, 255);

    const output = await client.send(
      new InvokeCommand({
        FunctionName: FUNCTION_ARN,
        Qualifier: 'live',
        LogType: 'Tail',
        Payload,
      }),
    );

    expect(lambda.seen.at(-1)?.input).toEqual({
      FunctionName: FUNCTION_ARN,
      Qualifier: 'live',
      LogType: 'Tail',
      Payload: Buffer.from(Payload),
    });
    expect(output).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      LogResult: 'bG9n',
    });
    expect(new TextDecoder().decode(output.Payload)).toBe('{"é":[1]}');
  });

  test('lets a member set the status', async () => {
    const output = await client.send(
      new InvokeCommand({ FunctionName: 'submit-order', InvocationType: 'Event' }),
    );

    expect(output.StatusCode).toBe(202);
    expect(output.$metadata.httpStatusCode).toBe(202);
  });

  test('carries structures and maps in the body, and lists in the query', async () => {
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'f' }));
    const { Tags } = await client.send(new ListTagsCommand({ Resource: FUNCTION_ARN }));
    const tagged = new TagResourceCommand({ Resource: FUNCTION_ARN, Tags: { a: 'b' } });
    const { $metadata } = await client.send(tagged);
    await client.send(new UntagResourceCommand({ Resource: FUNCTION_ARN, TagKeys: ['a', 'b'] }));

    expect(Configuration).toEqual({ FunctionArn: FUNCTION_ARN, Timeout: 3 });
    expect(Tags).toEqual({ team: 'orders' });
    expect($metadata.httpStatusCode).toBe(204);
    expect(lambda.seen.slice(-2).map(({ input }) => input)).toEqual([
      { Resource: FUNCTION_ARN, Tags: { a: 'b' } },
      { Resource: FUNCTION_ARN, TagKeys: ['a', 'b'] },
    ]);
  });

  test('writes a modelled error with its status, its members and its header', async () => {
    const refused = client.send(new InvokeCommand({ FunctionName: 'busy' }));

    await expect(refused).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      retryAfterSeconds: '7',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

const getRequest: StaticStructureSchema = [
  3,
  'x',
  'GetRequest',
  0,
  ['Bucket', 'Key', 'Since', 'Count'],
  [0, [0, 1], [4, { httpHeader: 'If-Modified-Since' }], [1, { httpQuery: 'count' }]],
];
const listRequest: StaticStructureSchema = [
  3,
  'x',
  'ListPartsRequest',
  0,
  ['UploadId', 'Bucket', 'Key'],
  [[0, { httpQuery: 'uploadId' }], 0, [0, 1]],
  1,
];
const tagging: StaticStructureSchema = [
  3,
  'x',
  'Tagging',
  0,
  ['TagSet', 'At'],
  [[1, 'x', 'TagSet', 0, [0, { xmlName: 'Tag' }]] as never, 4],
];
const Get: StaticOperationSchema = [
  9,
  'x',
  'GetObject',
  { http: ['GET', '/{Key+}?x-id=GetObject', 200] },
  () => getRequest,
  () => tagging,
];
const ListParts: StaticOperationSchema = [
  9,
  'x',
  'ListParts',
  { http: ['GET', '/{Key+}?x-id=ListParts', 200] },
  () => listRequest,
  'unit',
];
const ListBuckets: StaticOperationSchema = [
  9,
  'x',
  'ListBuckets',
  { http: ['GET', '/?x-id=ListBuckets', 200] },
  'unit',
  'unit',
];
const listObjectsRequest: StaticStructureSchema = [
  3,
  'x',
  'ListObjectsRequest',
  0,
  ['Bucket'],
  [0],
];
const ListObjects: StaticOperationSchema = [
  9,
  'x',
  'ListObjects',
  { http: ['GET', '/', 200] },
  () => listObjectsRequest,
  'unit',
];
const ListObjectsV2: StaticOperationSchema = [
  9,
  'x',
  'ListObjectsV2',
  { http: ['GET', '/?list-type=2', 200] },
  () => listObjectsRequest,
  'unit',
];
class S3Client {
  readonly config = {
    protocol: { getShapeId: () => 'aws.protocols#restXml' },
    protocolSettings: { xmlNamespace: 'http://s3/' },
  };
}
const model = modelOf({ Get, ListParts, ListBuckets, ListObjects, ListObjectsV2, S3Client });

function request(url: string, headers: Record<string, string> = {}): WireRequest {
  const { pathname, searchParams } = new URL(url, 'http://x');
  return { method: 'GET', path: pathname, query: searchParams, headers, body: Buffer.alloc(0) };
}

describe('restXml', () => {
  test('takes the bucket from the path and typed members from headers and query', () => {
    const asked = request('/box/a/b%20c.txt?count=3', {
      'if-modified-since': 'Sat, 31 Jan 2026 12:00:00 GMT',
    });
    const target = restXml.target(asked, model);
    const operation = model.operations.get(target.operation ?? '');

    expect(target.operation).toBe('GetObject');
    expect(operation && restXml.decode(asked, operation, target, model)).toEqual({
      Bucket: 'box',
      Key: 'a/b c.txt',
      Since: new Date('2026-01-31T12:00:00Z'),
      Count: 3,
    });
  });

  test('distinguishes operations on one path by a required parameter', () => {
    expect(restXml.target(request('/box/a?uploadId=1'), model).operation).toBe('ListParts');
    expect(restXml.target(request('/box/a'), model).operation).toBe('GetObject');
  });

  test('distinguishes operations on buckets from those on one bucket', () => {
    expect(restXml.target(request('/'), model).operation).toBe('ListBuckets');
    expect(restXml.target(request('/box'), model).operation).toBe('ListObjects');
    expect(restXml.target(request('/box?list-type=2'), model).operation).toBe('ListObjectsV2');
  });

  test('writes structures as XML in the namespace of the service', () => {
    const operation = model.operations.get('GetObject');
    const output = { TagSet: ['a<b'], At: new Date('2026-01-31T12:00:00Z') };

    const response = operation && restXml.encode(output, operation, model, 'r1');

    expect(response?.headers['content-type']).toBe('application/xml');
    expect(response?.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Tagging xmlns="http://s3/">' +
        '<TagSet><Tag>a&lt;b</Tag></TagSet><At>2026-01-31T12:00:00Z</At></Tagging>',
    );
  });

  test('writes errors as Amazon S3 does', () => {
    const error = errorShapeOf(new AwsError('NoSuchKey', 'No <such> key'), model);

    const response = restXml.encodeError(error, request('/box/a'), model, 'r1');

    expect(response.status).toBe(400);
    expect(errorShapeOf(new AwsError('NotFound', 'Not Found'), model).status).toBe(404);
    expect(response.body).toContain(
      '<Error><Code>NoSuchKey</Code><Message>No &lt;such&gt; key</Message><RequestId>r1</RequestId></Error>',
    );
  });
});
