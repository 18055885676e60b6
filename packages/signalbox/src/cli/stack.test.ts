import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestClock } from '../core/test-clock.ts';
import { startTestEndpoint } from '../endpoint/endpoint-under-test.ts';
import { createCloudFormation } from '../services/cloudformation/cloudformation.ts';
import { appOf } from '../template/temporary-project.ts';
import { createSession } from './session.ts';
import { physicalId, physicalIds, stackResources } from './stack.ts';

const ROOT = `Resources:
  Orders: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: orders.yaml } }
  Costs: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: costs.yaml } }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop-bus } }
`;
const ORDERS = `Resources:
  Table: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }
  Deep: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: deep.yaml } }
`;
const COSTS = 'Resources: { Table: { Type: AWS::SQS::Queue, Properties: { QueueName: costs } } }';
const DEEP = 'Resources: { DeepQueue: { Type: AWS::SQS::Queue, Properties: { QueueName: deep } } }';

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

beforeAll(async () => {
  const app = appOf(ROOT, {}, { 'orders.yaml': ORDERS, 'costs.yaml': COSTS, 'deep.yaml': DEEP });
  const { service } = createCloudFormation({ clock: createTestClock(), app: () => app });
  endpoint = await startTestEndpoint([service]);
});
afterAll(() => endpoint.close());

function session(stack?: string) {
  const sink = { write: () => true };
  const options = { endpointUrl: endpoint.url, ...(stack === undefined ? {} : { stack }) };
  return createSession(options, { stdout: sink, stderr: sink, plugins: async () => [] });
}

describe('stackResources()', () => {
  test.each([undefined, 'shop'])('walks down the nested stacks of %s', async (stack) => {
    const resources = await stackResources(session(stack));

    expect(resources.map(({ path }) => path)).toEqual([
      'Orders',
      'Costs',
      'Bus',
      'Orders/Table',
      'Orders/Deep',
      'Orders/Deep/DeepQueue',
      'Costs/Table',
    ]);
  });
});

describe('physicalIds()', () => {
  test('has those of every nested stack', async () => {
    const urls = await physicalIds(session(), 'AWS::SQS::Queue');

    expect(urls.map((url) => url.split('/').at(-1))).toEqual(['orders', 'deep', 'costs']);
  });
});

describe('physicalId()', () => {
  const find = (name: string) => physicalId(session(), 'AWS::SQS::Queue', name);

  test('finds a resource by its logical id, with or without its ending, and by its path', async () => {
    expect(await find('DeepQueue')).toMatch(/deep$/);
    expect(await find('Deep')).toMatch(/deep$/);
    expect(await find('Orders/Table')).toMatch(/orders$/);
    expect(await find('Orders/Deep/Deep')).toMatch(/deep$/);
  });

  test('refuses a logical id that two stacks have, and one that none has', async () => {
    await expect(find('Table')).rejects.toThrow(
      'Several stacks have Table: name one of Orders/Table, Costs/Table',
    );
    await expect(find('Nothing')).rejects.toThrow('No queue "Nothing" in the stack');
  });
});
