import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { clientOptions, fakeService, startTestEndpoint } from '../endpoint-under-test.ts';

const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:notices';
const CreationTime = new Date('2026-01-31T12:00:00.000Z');

const sns = fakeService('sns', '@aws-sdk/client-sns', {
  Publish: () => ({ MessageId: 'm<&>1' }),
  GetTopicAttributes: (input) => {
    if ('TopicArn' in input && input.TopicArn === TopicArn) {
      return { Attributes: { Owner: '123456789012', DisplayName: 'a & b' } };
    }
    throw new AwsError('NotFoundException', 'Topic does not exist');
  },
});
const cloudformation = fakeService('cloudformation', '@aws-sdk/client-cloudformation', {
  DeleteStack: () => ({}),
  DescribeStacks: () => ({
    Stacks: [
      {
        StackName: 'signalbox',
        CreationTime,
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [{ OutputKey: 'Url', OutputValue: 'http://x/?a=1&b=2' }],
        Tags: [],
      },
    ],
  }),
});
const sqs = fakeService('sqs', '@aws-sdk/client-sqs', {
  SendMessage: () => ({ MessageId: 'm1', MD5OfMessageBody: 'abc' }),
  GetQueueAttributes: () => ({ Attributes: { VisibilityTimeout: '30', DelaySeconds: '0' } }),
  DeleteQueue: () => {
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  },
});

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

beforeAll(async () => {
  endpoint = await startTestEndpoint([sns, cloudformation, sqs]);
});

afterAll(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

function post(service: string, form: Record<string, string>): Promise<Response> {
  return fetch(endpoint.url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260131/eu-west-1/${service}/aws4_request, Signature=0`,
    },
    body: new URLSearchParams(form),
  });
}

describe('awsQuery', () => {
  test('carries nested maps and blobs of a request', async () => {
    const client = new SNSClient(clientOptions(endpoint.url));
    const input = {
      TopicArn,
      Message: 'a=b&c=d é',
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'x' },
        raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 128, 255) },
      },
    };

    const output = await client.send(new PublishCommand(input));

    expect(sns.seen.at(-1)?.input).toEqual(input);
    expect(output.MessageId).toBe('m<&>1');
    expect(output.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('carries maps, lists and timestamps of a response', async () => {
    const sender = new SNSClient(clientOptions(endpoint.url));
    const reader = new CloudFormationClient(clientOptions(endpoint.url));

    const { Attributes } = await sender.send(new GetTopicAttributesCommand({ TopicArn }));
    const { Stacks } = await reader.send(new DescribeStacksCommand({}));

    expect(Attributes).toEqual({ Owner: '123456789012', DisplayName: 'a & b' });
    expect(Stacks).toEqual([
      {
        StackName: 'signalbox',
        CreationTime,
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [{ OutputKey: 'Url', OutputValue: 'http://x/?a=1&b=2' }],
        Tags: [],
      },
    ]);
  });

  test('writes the response of an operation without output', async () => {
    const client = new CloudFormationClient(clientOptions(endpoint.url));

    const output = await client.send(
      new DeleteStackCommand({ StackName: 'signalbox', RetainResources: ['a', 'b'] }),
    );

    expect(cloudformation.seen.at(-1)?.input).toEqual({
      StackName: 'signalbox',
      RetainResources: ['a', 'b'],
    });
    expect(output.$metadata.httpStatusCode).toBe(200);
  });

  test('writes a modelled error with the code and status of the query protocol', async () => {
    const client = new SNSClient(clientOptions(endpoint.url));

    const refused = client.send(new GetTopicAttributesCommand({ TopicArn: 'arn:none' }));

    await expect(refused).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('serves Amazon SQS to clients that still speak Query', async () => {
    const sent = await post('sqs', {
      Action: 'SendMessage',
      QueueUrl: 'http://q',
      MessageBody: 'hello',
      DelaySeconds: '5',
      'MessageAttribute.1.Name': 'n',
      'MessageAttribute.1.Value.DataType': 'Number',
      'MessageAttribute.1.Value.StringValue': '7',
    });
    const read = await post('sqs', {
      Action: 'GetQueueAttributes',
      QueueUrl: 'http://q',
      'AttributeName.1': 'All',
    });
    const refused = await post('sqs', { Action: 'DeleteQueue', QueueUrl: 'http://q' });

    expect(sqs.seen.map(({ input }) => input).slice(0, 2)).toEqual([
      {
        QueueUrl: 'http://q',
        MessageBody: 'hello',
        DelaySeconds: 5,
        MessageAttributes: { n: { DataType: 'Number', StringValue: '7' } },
      },
      { QueueUrl: 'http://q', AttributeNames: ['All'] },
    ]);
    expect(sent.headers.get('content-type')).toBe('text/xml');
    expect(await sent.text()).toContain(
      '<SendMessageResult><MD5OfMessageBody>abc</MD5OfMessageBody><MessageId>m1</MessageId>',
    );
    expect(await read.text()).toContain(
      '<Attribute><Name>VisibilityTimeout</Name><Value>30</Value></Attribute>',
    );
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });

  test('refuses a number and a list index that are none', async () => {
    const number = await post('sqs', { Action: 'SendMessage', DelaySeconds: 'soon' });
    const index = await post('sqs', { Action: 'GetQueueAttributes', 'AttributeName.x': 'All' });

    expect(number.status).toBe(400);
    expect(await number.text()).toContain('<Code>SerializationException</Code>');
    expect(index.status).toBe(400);
    expect(await index.text()).toContain('Expected a list index, found &quot;x&quot;');
  });
});
