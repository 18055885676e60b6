import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { Json } from '../../core/json.ts';
import { PLACE, type RecordedCall, ROLE_ARN, requestOf } from '../test-executions.ts';
import { invokeTask } from './invoke-task.ts';

const FUNCTION = `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:charge`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Runs a task against a service that returns, or refuses with, what is given. */
async function run(resource: string, parameters: Json, given: object, roleArn?: string) {
  const calls: RecordedCall[] = [];
  const result = await invokeTask(
    { ...requestOf(resource, parameters), roleArn },
    {
      call: async (service, action, input, caller) => {
        calls.push({ service, action, input, caller });
        if (given instanceof Error) throw given;
        return given;
      },
      roleArn: ROLE_ARN,
      now: () => new Date('2026-01-05T10:00:00.000Z'),
      uuid: () => 'the-request-id',
      serves: (service) => service !== 'glue',
      resources: ['the-machine', 'the-execution'],
    },
  );
  return { result, calls };
}

describe('invokeTask() on a function ARN', () => {
  test('sends the parameters and returns the payload', async () => {
    const { result, calls } = await run(
      FUNCTION,
      { a: 1 },
      { StatusCode: 200, Payload: bytes('[2]') },
    );

    expect(result).toEqual({ kind: 'succeeded', output: [2] });
    expect(calls).toEqual([
      {
        service: 'lambda',
        action: 'Invoke',
        input: { FunctionName: FUNCTION, Payload: bytes('{"a":1}') },
        caller: { arn: ROLE_ARN },
      },
    ]);
  });

  test('calls in the name of the role that the state names', async () => {
    const { calls } = await run(FUNCTION, {}, {}, 'arn:aws:iam::1:role/other');

    expect(calls[0]?.caller).toEqual({ arn: 'arn:aws:iam::1:role/other' });
  });

  test('fails as the function threw, with the whole error as its cause', async () => {
    const text = '{"errorType":"CardDeclined","errorMessage":"no","trace":["at x"]}';
    const { result } = await run(
      FUNCTION,
      {},
      { FunctionError: 'Unhandled', Payload: bytes(text) },
    );

    expect(result).toEqual({ kind: 'failed', error: 'CardDeclined', cause: text });
  });

  test('fails as Lambda.Unknown when the function ended without an error type', async () => {
    const text = '{"errorMessage":"2026 the-id Task timed out after 3.00 seconds"}';
    const { result } = await run(
      FUNCTION,
      {},
      { FunctionError: 'Unhandled', Payload: bytes(text) },
    );

    expect(result).toEqual({
      kind: 'failed',
      error: 'Lambda.Unknown',
      cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
    });
  });
});

describe('invokeTask() on an optimized integration', () => {
  test('lambda:invoke returns the payload among the metadata', async () => {
    const { result, calls } = await run(
      'arn:aws:states:::lambda:invoke',
      { FunctionName: 'charge', Payload: { a: 1 } },
      { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: bytes('{"body":"string body"}') },
    );

    expect(calls[0]?.input).toEqual({ FunctionName: 'charge', Payload: bytes('{"a":1}') });
    const headers = {
      'X-Amz-Executed-Version': '$LATEST',
      'x-amzn-Remapped-Content-Length': '0',
      Connection: 'keep-alive',
      'x-amzn-RequestId': 'the-request-id',
      'Content-Length': expect.any(String),
      Date: 'Mon, 05 Jan 2026 10:00:00 GMT',
      'X-Amzn-Trace-Id': expect.any(String),
      'Content-Type': 'application/json',
    };
    const all = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    expect(result).toEqual({
      kind: 'succeeded',
      output: {
        ExecutedVersion: '$LATEST',
        Payload: { body: 'string body' },
        SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: 200 },
        SdkResponseMetadata: { RequestId: 'the-request-id' },
        StatusCode: 200,
      },
    });
  });

  test('sqs:sendMessage writes a body that is an object as text', async () => {
    const parameters = {
      QueueUrl: 'http://queue',
      MessageBody: { order: 1 },
      MessageGroupId: null,
    };
    const { result, calls } = await run('arn:aws:states:::sqs:sendMessage', parameters, {
      MD5OfMessageBody: 'md5',
      MessageId: 'id',
      $metadata: {},
    });

    expect(calls[0]).toMatchObject({ service: 'sqs', action: 'SendMessage' });
    expect(calls[0]?.input).toEqual({ QueueUrl: 'http://queue', MessageBody: '{"order":1}' });
    expect(result).toMatchObject({
      output: {
        MD5OfMessageBody: 'md5',
        MessageId: 'id',
        SdkHttpMetadata: { HttpStatusCode: 200 },
        SdkResponseMetadata: { RequestId: 'the-request-id' },
      },
    });
  });

  test('sns:publish and a token that rides along', async () => {
    const { calls } = await run(
      'arn:aws:states:::sns:publish.waitForTaskToken',
      { TopicArn: 'arn', Message: { TaskToken: 't' } },
      { MessageId: 'id' },
    );

    expect(calls[0]?.input).toEqual({ TopicArn: 'arn', Message: '{"TaskToken":"t"}' });
  });

  const entries = [{ Detail: { a: 1 }, Time: '2026-01-05T10:00:00Z' }, { Detail: '"text"' }];
  // AWS: the machine and the execution that put the event.
  const OWN = ['the-machine', 'the-execution'];

  test('fails by name where the rehearsal does not serve the action', async () => {
    const { result, calls } = await run('arn:aws:states:::glue:startJobRun', { JobName: 'j' }, {});

    expect(calls).toEqual([]);
    expect(result).toMatchObject({
      kind: 'failed',
      error: 'Glue.NotServedByRehearsal',
      cause: expect.stringMatching(/^The rehearsal does not serve glue:StartJobRun/),
    });
  });

  test('events:putEvents writes details as text, and returns without metadata', async () => {
    const output = { Entries: [{ EventId: '1' }, { EventId: '2' }], FailedEntryCount: 0 };
    const { result, calls } = await run(
      'arn:aws:states:::events:putEvents',
      { Entries: entries },
      output,
    );

    expect(calls[0]?.input).toEqual({
      Entries: [
        { Detail: '{"a":1}', Time: new Date('2026-01-05T10:00:00Z'), Resources: OWN },
        { Detail: '"text"', Resources: OWN },
      ],
    });
    expect(result).toEqual({ kind: 'succeeded', output });
  });

  test('events:putEvents fails as soon as one entry failed', async () => {
    const refused = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const output = { Entries: [{ EventId: '1' }, refused], FailedEntryCount: 1 };
    const { result } = await run('arn:aws:states:::events:putEvents', { Entries: entries }, output);

    expect(result).toEqual({
      kind: 'failed',
      error: 'EventBridge.FailedEntry',
      cause: JSON.stringify(output),
    });
  });

  test('dynamodb keeps the names of attributes as they are', async () => {
    const item = { id: { S: 'id1' }, camelCase: { M: { inner: { N: '1' } } } };
    const { result } = await run(
      'arn:aws:states:::dynamodb:getItem',
      { TableName: 't', Key: { id: { S: 'id1' } } },
      { Item: item },
    );

    expect(result).toMatchObject({ output: { Item: item } });
  });

  test('states:startExecution speaks in PascalCase and in milliseconds', async () => {
    const { result, calls } = await run(
      'arn:aws:states:::states:startExecution',
      { StateMachineArn: 'arn', Input: { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'me' } },
      { executionArn: 'child', startDate: new Date(1000) },
    );

    expect(calls[0]?.input).toEqual({
      stateMachineArn: 'arn',
      input: '{"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID":"me"}',
    });
    expect(result).toMatchObject({ output: { ExecutionArn: 'child', StartDate: 1000 } });
  });

  test.each([
    ['{"already":"JSON"}', '{"already":"JSON"}'],
    ['plain text', '"plain text"'],
  ])('states:startExecution takes the input %j', async (given, input) => {
    const { calls } = await run(
      'arn:aws:states:::states:startExecution',
      { StateMachineArn: 'arn', Input: given },
      {},
    );

    expect(calls[0]?.input).toEqual({ stateMachineArn: 'arn', input });
  });

  test.each([
    [
      'lambda:invoke',
      new AwsError('ResourceNotFoundException', 'Function not found: f'),
      'Lambda.ResourceNotFoundException',
      'Function not found: f (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: the-request-id; Proxy: null)',
    ],
    [
      'sqs:sendMessage',
      new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.'),
      'SQS.AmazonSQSException',
      'The request must contain the parameter MessageBody. (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: the-request-id; Proxy: null)',
    ],
    [
      'sns:publish',
      new AwsError('NotFoundException', 'Topic does not exist'),
      'SNS.NotFoundException',
      'Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: the-request-id; Proxy: null)',
    ],
    [
      'dynamodb:putItem',
      new AwsError('ConditionalCheckFailedException', 'The conditional request failed'),
      'DynamoDB.ConditionalCheckFailedException',
      'The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: the-request-id; Proxy: null)',
    ],
    [
      'dynamodb:putItem',
      new AwsError('ValidationException', '1 validation error detected'),
      'DynamoDB.AmazonDynamoDBException',
      '1 validation error detected (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: the-request-id; Proxy: null)',
    ],
    [
      'states:startExecution',
      new AwsError('ExecutionAlreadyExists', "Execution Already Exists: 'x'"),
      'StepFunctions.ExecutionAlreadyExistsException',
      "Execution Already Exists: 'x' (Service: AWSStepFunctions; Status Code: 400; Error Code: ExecutionAlreadyExists; Request ID: the-request-id; Proxy: null)",
    ],
  ])('%s fails as AWS names and words it', async (resource, refusal, error, cause) => {
    const { result } = await run(`arn:aws:states:::${resource}`, {}, refusal);

    expect(result).toEqual({ kind: 'failed', error, cause });
  });
});

describe('invokeTask() on an aws-sdk integration', () => {
  test('returns what the service returned and nothing more', async () => {
    const { result, calls } = await run(
      'arn:aws:states:::aws-sdk:dynamodb:putItem',
      { TableName: 't', Item: { id: { S: '1' } } },
      { $metadata: { httpStatusCode: 200 }, Attributes: undefined },
    );

    expect(calls[0]).toMatchObject({ service: 'dynamodb', action: 'PutItem' });
    expect(result).toEqual({ kind: 'succeeded', output: {} });
  });

  test('writes dates in ISO 8601', async () => {
    const { result } = await run(
      'arn:aws:states:::aws-sdk:sfn:startExecution',
      { StateMachineArn: 'arn' },
      { executionArn: 'child', startDate: new Date(1000) },
    );

    expect(result).toMatchObject({ output: { StartDate: '1970-01-01T00:00:01.000Z' } });
  });

  test('returns the payload of a function as text', async () => {
    const { result } = await run(
      'arn:aws:states:::aws-sdk:lambda:invoke',
      { FunctionName: 'f' },
      { StatusCode: 200, FunctionError: 'Unhandled', Payload: bytes('{"a":1}') },
    );

    expect(result).toEqual({
      kind: 'succeeded',
      output: { StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"a":1}' },
    });
  });

  test.each([
    [
      'sfn:sendTaskSuccess',
      new AwsError('InvalidToken', "Invalid Token: 'Invalid token'"),
      'Sfn.InvalidTokenException',
      "Invalid Token: 'Invalid token' (Service: Sfn, Status Code: 400, Request ID: the-request-id) (SDK Attempt Count: 1)",
    ],
    [
      'dynamodb:putItem',
      new AwsError('ValidationException', 'null'),
      'DynamoDb.DynamoDbException',
      'null (Service: DynamoDb, Status Code: 400, Request ID: the-request-id) (SDK Attempt Count: 1)',
    ],
    [
      'rds:describeDBInstances',
      new AwsError('DBInstanceNotFoundFault', 'none'),
      'Rds.DBInstanceNotFoundException',
      'none (Service: Rds, Status Code: 400, Request ID: the-request-id) (SDK Attempt Count: 1)',
    ],
  ])('%s fails as AWS names and words it', async (resource, refusal, error, cause) => {
    const { result } = await run(`arn:aws:states:::aws-sdk:${resource}`, {}, refusal);

    expect(result).toEqual({ kind: 'failed', error, cause });
  });

  test('lets through what is no refusal: a bug', async () => {
    const bug = new TypeError('a bug');

    await expect(run('arn:aws:states:::aws-sdk:sqs:sendMessage', {}, bug)).rejects.toBe(bug);
  });
});
