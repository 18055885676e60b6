import { createSkippingClock } from '../src/core/skipping-clock.ts';
import { createCloudWatch } from '../src/services/cloudwatch/cloudwatch.ts';
import { openDynamoDb } from '../src/services/dynamodb/dynamodb.ts';
import { EXECUTION_LOADS } from './execution-loads.ts';
import { openFullQueue, throughQueue } from './full-queue.ts';
import type { Load } from './load.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '123456789012' };
const CALLER = { arn: 'arn:aws:iam::123456789012:root' };

/** The loads of the benchmark. */
export const LOADS: readonly Load[] = [
  { name: 'a message through a queue of', unit: 'messages', open: openQueue },
  { name: 'a transaction after', unit: 'tokens', open: openTransactions },
  { name: 'a datapoint beside', unit: 'metrics with alarms', open: openAlarms },
  ...EXECUTION_LOADS,
];

async function openQueue(size: number) {
  const queue = openFullQueue(size);
  return {
    call: async () => throughQueue(queue),
    close: async () => queue.close(),
  };
}

async function openTransactions(size: number) {
  const dynamodb = await openDynamoDb({
    ...ACCOUNT,
    clock: createSkippingClock(),
    openTables: undefined,
  });
  await dynamodb.createTable({
    createTable: {
      TableName: 'Stock',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
    },
  });
  const write = (token: string) =>
    dynamodb.service.actions['TransactWriteItems']?.(
      {
        ClientRequestToken: token,
        TransactItems: [{ Put: { TableName: 'Stock', Item: { sku: { S: 'A' } } } }],
      },
      CALLER,
    );
  for (let count = 0; count < size; count += 1) await write(`earlier-${count}`);
  return {
    call: async (count: number) => write(`own-${count}`),
    close: () => dynamodb.close(),
  };
}

async function openAlarms(size: number) {
  const cloudwatch = createCloudWatch({
    ...ACCOUNT,
    clock: createSkippingClock(),
    call: async () => ({}),
    onBug: (bug) => {
      throw bug;
    },
  });
  const { actions } = cloudwatch.service;
  for (let metric = 0; metric < size; metric += 1) {
    await actions['PutMetricAlarm']?.(
      {
        AlarmName: `alarm-${metric}`,
        Namespace: 'Bench',
        MetricName: `metric-${metric}`,
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 3,
        Threshold: 1e9,
        ComparisonOperator: 'GreaterThanThreshold',
      },
      CALLER,
    );
  }
  cloudwatch.evaluateNew();
  return {
    async call(count: number) {
      const datum = { MetricName: `metric-${count % size}`, Value: 1 };
      await actions['PutMetricData']?.({ Namespace: 'Bench', MetricData: [datum] }, CALLER);
      await new Promise((resolve) => setImmediate(resolve));
    },
    close: async () => {},
  };
}
