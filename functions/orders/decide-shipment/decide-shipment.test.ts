import { describe, expect, test } from '@jest/globals';
import { safeParse } from 'valibot';
import { carrierAnswer } from '../carrier-answer.ts';
import { CarrierDecisionSchema, firstDecision, isUnheard } from './decide-shipment.ts';

describe('CarrierDecisionSchema', () => {
  test.each([
    [{ decision: 'accept', trackingId: 'FR-1' }, true],
    [{ decision: 'accept' }, false],
    [{ decision: 'accept', trackingId: '' }, false],
    [{ decision: 'refuse', reason: 'Too heavy' }, true],
    [{ decision: 'refuse' }, false],
    [{ decision: 'later' }, false],
  ])('reads %j: %p', (body, isValid) => {
    expect(safeParse(CarrierDecisionSchema, body).success).toBe(isValid);
  });
});

describe('carrierAnswer()', () => {
  test('is the tracking id, or the refusal as the error that compensates', () => {
    expect(carrierAnswer({ orderId: 'o', status: 'BOOKED', trackingId: 'FR-1' })).toEqual({
      kind: 'success',
      output: { trackingId: 'FR-1' },
    });
    expect(carrierAnswer({ orderId: 'o', status: 'REFUSED', refusal: 'Too heavy' })).toMatchObject({
      kind: 'failure',
      error: { name: 'ShippingRefusedError', message: 'The carrier refuses: Too heavy' },
    });
  });
});

describe('a second decision', () => {
  test('is told of the first, and delivers it again where the workflow may not have heard', () => {
    const shipment = { orderId: 'o', status: 'BOOKED', trackingId: 'FR-1' } as const;

    expect(firstDecision(shipment)).toMatchObject({ status: 'BOOKED', trackingId: 'FR-1' });
    expect(isUnheard(shipment)).toBe(false);
    expect(isUnheard({ ...shipment, taskToken: 'T' })).toBe(true);
    expect(isUnheard({ ...shipment, status: 'AWAITING_CARRIER', taskToken: 'T' })).toBe(false);
  });
});
