import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from 'signalbox';
import { main } from '../src/cli/main.ts';

const root = 'packages/signalbox/examples/hello-sam';

let rehearsal: Rehearsal;

/** Runs `signalbox metrics`; returns what it prints. */
async function metrics(
  ...args: readonly string[]
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const sinkOf = (texts: string[]) => ({ write: (text: string) => texts.push(text) > 0 });
  const streams = { stdout: sinkOf(out), stderr: sinkOf(err) };
  const argv = ['node', 'signalbox', '--endpoint-url', rehearsal.url, ...args];
  await main(argv, streams, async () => []);
  return { stdout: out.join(''), stderr: err.join('') };
}

async function put(Namespace: string, MetricName: string, Value: number): Promise<void> {
  const client = new CloudWatchClient(rehearsal.client);
  await client.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName, Value }] }));
}

beforeAll(async () => {
  rehearsal = await createRehearsal({ root, plugins: [] });
});
afterAll(() => rehearsal.close());

describe('signalbox metrics', () => {
  test('says that there are none', async () => {
    expect((await metrics('metrics')).stderr).toContain('No metrics\n');
    expect((await metrics('metrics', '--namespace', 'Shop')).stderr).toContain(
      'No metrics in Shop\n',
    );
  });

  test('shows every namespace of the project, or the one that is named', async () => {
    await put('Shop', 'Sales', 3);
    expect((await metrics('metrics')).stdout).toMatch(/^METRIC +DIMENSIONS .*\nSales +1 +3 /);

    await put('House', 'Guests', 2);
    expect((await metrics('metrics')).stdout).toMatch(
      /^NAMESPACE +METRIC .*\nHouse +Guests +1 +2 .*\nShop +Sales +1 +3 [^\n]*\n$/,
    );
    const { stdout } = await metrics('--json', 'metrics', '--namespace', 'House');
    expect(JSON.parse(stdout)).toMatchObject({
      metrics: [{ Namespace: 'House', MetricName: 'Guests', Sum: 2 }],
    });
  });
});
