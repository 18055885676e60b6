import { describe, expect, test } from '@jest/globals';
import { crc32 } from '../../core/crc.ts';
import { wireBody } from './wire-body.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const text = (body: Uint8Array): string => new TextDecoder().decode(body);

/** The lengths are those that AWS's recordings have as `Content-Length`. */
describe('the body of a response', () => {
  test('of Lambda is the payload, byte for byte', () => {
    const Payload = new TextEncoder().encode('{"body": "string body"}');

    const body = wireBody(
      { service: 'lambda', action: 'Invoke' },
      { StatusCode: 200, Payload },
      ID,
    );

    expect(body).toHaveLength(23);
  });

  test.each([
    [{ MessageId: ID }, 294],
    [{ MessageId: ID, SequenceNumber: '10000000000000003000' }, 352],
  ])('of SNS is XML: %j', (output, length) => {
    expect(wireBody({ service: 'sns', action: 'Publish' }, output, ID)).toHaveLength(length);
  });

  test('of Step Functions has moments as Java writes doubles', () => {
    const output = { executionArn: 'arn', startDate: new Date(1_697_731_064_279) };

    const body = wireBody({ service: 'states', action: 'StartExecution' }, output, ID);

    expect(text(body)).toBe('{"executionArn":"arn","startDate":1.697731064279E9}');
  });

  test('of DynamoDB is JSON without what is absent', () => {
    const output = { $metadata: {}, Item: { id: { S: 'id1' } }, ConsumedCapacity: undefined };

    const body = wireBody({ service: 'dynamodb', action: 'GetItem' }, output, ID);

    expect(text(body)).toBe('{"Item":{"id":{"S":"id1"}}}');
  });

  test('of an empty response has the checksum that DynamoDB documents', () => {
    expect(crc32(wireBody({ service: 'dynamodb', action: 'PutItem' }, {}, ID))).toBe(2_745_614_147);
  });
});
