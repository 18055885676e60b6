import { expect, test } from '@jest/globals';
import type { ApiDestination } from './connection-table.ts';
import { createTurns } from './turns.ts';

const at = new Date(0);
const destination: ApiDestination = {
  name: 'orders',
  arn: 'arn:aws:events:eu-west-1:123456789012:api-destination/orders/1',
  description: undefined,
  connectionArn: 'arn:aws:events:eu-west-1:123456789012:connection/shop/1',
  endpoint: 'https://shop.example',
  method: 'POST',
  rateLimit: 2,
  createdAt: at,
  modifiedAt: at,
  isOfTemplate: false,
};

test('each delivery has a turn of its own, and keeps it', () => {
  const turns = createTurns();
  const ask = (delivery: string, nowMs: number) => turns.waitMs(destination, delivery, nowMs);

  expect(['a', 'b', 'c'].map((one) => ask(one, 1_000))).toEqual([0, 500, 1_000]);
  expect(ask('b', 1_400)).toBe(100);
  expect(ask('b', 1_500)).toBe(0);
  expect(ask('c', 2_000)).toBe(0);
  expect(ask('a', 9_000)).toBe(0);
  expect(ask('d', 9_000)).toBe(500);
});
