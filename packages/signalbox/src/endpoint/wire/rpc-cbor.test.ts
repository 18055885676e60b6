import {
  CloudWatchClient,
  GetMetricDataCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { clientOptions, fakeService, startTestEndpoint } from '../endpoint-under-test.ts';

const Timestamp = new Date('2026-01-31T12:00:00.500Z');

const monitoring = fakeService('monitoring', '@aws-sdk/client-cloudwatch', {
  PutMetricData: (input) => {
    if ('Namespace' in input && input.Namespace === 'AWS/x') {
      throw new AwsError('InvalidParameterValueException', 'Namespace must not start with AWS/');
    }
    return {};
  },
  GetMetricData: () => ({
    MetricDataResults: [{ Id: 'm1', Timestamps: [Timestamp], Values: [0.5, 12] }],
    Messages: [],
  }),
});

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

beforeAll(async () => {
  endpoint = await startTestEndpoint([monitoring]);
});

afterAll(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

const protocols = [
  ['CBOR', { protocol: AwsSmithyRpcV2CborProtocol }],
  ['JSON', {}],
] as const;

describe.each(protocols)('rpcCbor beside awsJson, over %s', (_name, protocol) => {
  const client = () => new CloudWatchClient({ ...clientOptions(endpoint.url), ...protocol });
  const MetricData = [
    {
      MetricName: 'ResponseTime',
      Dimensions: [{ Name: 'Environment', Value: 'local' }],
      Timestamp,
      Value: 12.25,
      Unit: 'Milliseconds' as const,
    },
  ];

  test('reads numbers, timestamps and lists, and writes a response without output', async () => {
    const output = await client().send(
      new PutMetricDataCommand({ Namespace: 'MyApp/Performance', MetricData }),
    );

    expect(output.$metadata.httpStatusCode).toBe(200);
    expect(monitoring.seen.at(-1)?.input).toEqual({ Namespace: 'MyApp/Performance', MetricData });
  });

  test('writes numbers, timestamps and lists', async () => {
    const query = { StartTime: Timestamp, EndTime: Timestamp, MetricDataQueries: [{ Id: 'm1' }] };

    const output = await client().send(new GetMetricDataCommand(query));

    expect(monitoring.seen.at(-1)?.input).toEqual(query);
    expect(output.MetricDataResults).toEqual([
      { Id: 'm1', Timestamps: [Timestamp], Values: [0.5, 12] },
    ]);
  });

  test('writes a modelled error, with the code of the query protocol', async () => {
    const refused = client().send(new PutMetricDataCommand({ Namespace: 'AWS/x', MetricData }));

    await expect(refused).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Namespace must not start with AWS/',
      Error: { Code: 'InvalidParameterValue', Type: 'Sender' },
      $metadata: { httpStatusCode: 400 },
    });
  });
});
