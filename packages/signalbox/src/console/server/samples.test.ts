import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import type { Sample } from '../../core/sample.ts';
import { functionSample, machineSample } from './samples.ts';

function sample(name: string, value: Json): Sample {
  return { name, path: `events/${name}.json`, text: JSON.stringify(value), value };
}

const PLACED = {
  source: 'shop',
  'detail-type': 'OrderPlaced',
  time: '',
  detail: { orderId: 'o-1' },
};
const SAMPLES = [
  sample('charge-payment', { orderId: 'o-1' }),
  sample('payment', {}),
  // A function that takes such an event has its sample too.
  sample('check-order', PLACED),
  sample('order-placed', PLACED),
];
const MACHINE = 'arn:aws:states:us-east-1:1:stateMachine:orders';

describe('functionSample()', () => {
  test.each([
    ['shop-Orders-45D021B7-ChargePaymentFunction', 'events/charge-payment.json'],
    ['shop-charge-payment', 'events/charge-payment.json'],
    ['ChargePayment', 'events/charge-payment.json'],
    ['shop-RefundPayment', 'events/payment.json'],
    ['shop-SweepFunction', undefined],
  ])('of "%s" is %s', (name, path) => {
    expect(functionSample(SAMPLES, name)?.path).toBe(path);
  });
});

describe('machineSample()', () => {
  async function sampleFor(target: object, pattern: object = { source: ['shop'] }) {
    const answers: Readonly<Record<string, object>> = {
      ListEventBuses: { EventBuses: [{ Name: 'default' }] },
      ListRules: { Rules: [{ Name: 'one', EventPattern: JSON.stringify(pattern) }] },
      ListTargetsByRule: { Targets: [{ Id: 't', Arn: MACHINE, ...target }] },
    };
    return machineSample(async (_, action) => answers[action] ?? {}, SAMPLES, MACHINE);
  }

  test('is the event that a rule of it takes', async () => {
    expect(await sampleFor({})).toEqual({
      text: JSON.stringify(PLACED),
      path: 'events/order-placed.json',
    });
  });

  test.each([
    [{ Input: '{"fixed":1}' }, '{"fixed":1}'],
    [{ InputPath: '$.detail' }, '{"orderId":"o-1"}'],
    [
      {
        InputTransformer: {
          InputPathsMap: { id: '$.detail.orderId' },
          InputTemplate: '{"id": <id>}',
        },
      },
      '{"id": "o-1"}',
    ],
  ])('is turned into input as the target says: %j', async (target, text) => {
    expect((await sampleFor(target))?.text).toBe(text);
  });

  test('is none where no rule of it takes a sample', async () => {
    expect(await sampleFor({}, { source: ['other'] })).toBeUndefined();
    expect(await sampleFor({ Arn: 'arn:of:another' })).toBeUndefined();
  });
});
