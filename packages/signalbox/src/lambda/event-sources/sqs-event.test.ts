import { describe, expect, test } from '@jest/globals';
import { toSqsEvent } from './sqs-event.ts';

describe('toSqsEvent()', () => {
  test('takes over attributes of the system and of the sender', () => {
    const message = {
      MessageId: 'm',
      ReceiptHandle: 'r',
      Body: 'b',
      MD5OfBody: 'md5',
      MD5OfMessageAttributes: 'md5-attributes',
      Attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1' },
      MessageAttributes: {
        traceId: { DataType: 'String', StringValue: 't' },
        blob: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      },
    };

    const event = toSqsEvent([message], 'arn:aws:sqs:eu-west-1:123456789012:orders');

    expect(event.Records).toEqual([
      {
        messageId: 'm',
        receiptHandle: 'r',
        body: 'b',
        attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1' },
        messageAttributes: {
          traceId: {
            stringValue: 't',
            stringListValues: [],
            binaryListValues: [],
            dataType: 'String',
          },
          blob: {
            binaryValue: 'AQI=',
            stringListValues: [],
            binaryListValues: [],
            dataType: 'Binary',
          },
        },
        md5OfMessageAttributes: 'md5-attributes',
        md5OfBody: 'md5',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:orders',
        awsRegion: 'eu-west-1',
      },
    ]);
  });
});
