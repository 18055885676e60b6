import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'valibot';
import { type Known, ProjectedEventSchema, projectionOf } from './project-order.ts';

const event = (name: string) =>
  parse(ProjectedEventSchema, JSON.parse(readFileSync(`events/orders/${name}.json`, 'utf8')));

const known: Known = {
  order: {
    placedAt: '2026-11-22T09:30:00Z',
    currency: 'EUR',
    total: 6300,
    lines: [{ sku: 'sku-lamp', quantity: 1, unitPrice: 4900 }],
  },
  user: { name: 'Ada', email: 'ada@example.com' },
};

function parametersOf(name: string, beside: Known = known): Record<string, unknown> {
  const { parameters } = projectionOf(event(name), beside);
  return Object.fromEntries(
    parameters.map((one) => {
      const value: Readonly<Record<string, unknown>> = { ...one.value };
      return [one.name ?? '', value['isNull'] === true ? null : Object.values(value)[0]];
    }),
  );
}

describe('projectionOf()', () => {
  test('takes what a confirmation says, and lines and names from the tables', () => {
    expect(parametersOf('order-confirmed')).toMatchObject({
      eventId: '7bf73129-1428-4cd3-a780-95db273d1602',
      orderId: 'ord-9d1f20',
      userName: 'Ada',
      status: 'CONFIRMED',
      total: 6300,
      failure: null,
      version: Date.parse('2026-11-22T09:30:02.731Z'),
      lines: '[{"line":1,"sku":"sku-lamp","quantity":1,"unitPrice":4900}]',
    });
  });

  test('takes a failure whose order was never written, of a user whom nobody knows', () => {
    expect(parametersOf('order-failed', { order: undefined, user: undefined })).toMatchObject({
      userName: 'usr-ada',
      status: 'FAILED',
      currency: null,
      total: null,
      placedAt: null,
      failure: 'ShippingRefusedError',
      lines: '[]',
    });
  });

  test('takes a user by the number of the change', () => {
    expect(parametersOf('user-changed')).toMatchObject({ userName: 'Ada Lovelace', version: 2 });
  });
});
