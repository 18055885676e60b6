import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { clientOptions, fakeService, startTestEndpoint } from '../endpoint-under-test.ts';
import { dechunk } from './read-body.ts';

describe('readBody()', () => {
  test('reads what a client has compressed', async () => {
    const monitoring = fakeService('monitoring', '@aws-sdk/client-cloudwatch', {
      PutMetricData: () => ({}),
    });
    const endpoint = await startTestEndpoint([monitoring]);
    const client = new CloudWatchClient(clientOptions(endpoint.url));
    const MetricData = Array.from({ length: 500 }, (_, i) => ({ MetricName: 'm', Value: i }));

    await client.send(new PutMetricDataCommand({ Namespace: 'n', MetricData }));

    expect(monitoring.seen[0]?.input).toEqual({ Namespace: 'n', MetricData });
    await endpoint.close();
  });

  test('refuses a body that only claims to be compressed, where requests may be', async () => {
    const endpoint = await startTestEndpoint([
      fakeService('monitoring', '@aws-sdk/client-cloudwatch', { PutMetricData: () => ({}) }),
    ]);

    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260131/us-east-1/monitoring/aws4_request',
        'content-encoding': 'gzip',
        'x-amz-target': 'A.B',
      },
      body: 'plain',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'SerializationException',
      message: 'Broken gzip body',
    });
    await endpoint.close();
  });
});

test('a body that cannot be read is refused in what the service speaks', async () => {
  const endpoint = await startTestEndpoint([]);
  const response = await fetch(`${endpoint.url}/bucket/key`, {
    method: 'PUT',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=a/20260131/us-east-1/s3/aws4_request',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    },
    body: 'no chunks',
  });

  expect(response.headers.get('content-type')).toBe('application/xml');
  expect(await response.text()).toContain('<Code>SerializationException</Code>');
  await endpoint.close();
});

describe('dechunk()', () => {
  test('joins signed chunks and reads the trailer', () => {
    const body =
      '5;chunk-signature=ab\r\nhello\r\n6;chunk-signature=cd\r\n world\r\n0;chunk-signature=ef\r\nx-amz-checksum-crc32:AAAA\r\n\r\n';

    const { body: whole, trailers } = dechunk(Buffer.from(body));
    expect(whole.toString()).toBe('hello world');
    expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAA' });
  });

  test.each(['', 'zz\r\n', 'ff\r\nshort\r\n', '5'])('refuses the broken body %j', (body) => {
    expect(() => dechunk(Buffer.from(body))).toThrow('Broken aws-chunked body');
  });
});
