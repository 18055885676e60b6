import { describe, expect, test } from '@jest/globals';
import { safeParse } from 'valibot';
import type { Approval } from './approval.ts';
import { DecisionSchema, firstAnswer, isDeliveryStuck } from './approval-decision.ts';

const decidedAt = '2026-11-22T09:30:00.000Z';
const decidedAtMs = Date.parse(decidedAt);
const approved: Approval = {
  state: 'APPROVED',
  taskToken: 'SECRET-TOKEN',
  approver: 'grace',
  comment: 'Fine',
  decidedAt,
};

describe('DecisionSchema', () => {
  test.each([
    [{ decision: 'approve', approver: 'grace', comment: '' }, true],
    [{ decision: 'deny' }, true],
    [{ decision: 'maybe', approver: 'grace' }, false],
    [{ approver: 'grace' }, false],
    [{ decision: 'approve', approver: '' }, false],
    [{ decision: 'approve', approver: ' grace' }, false],
    [{ decision: 'approve', comment: 'x'.repeat(501) }, false],
  ])('reads %j: %p', (body, isValid) => {
    expect(safeParse(DecisionSchema, body).success).toBe(isValid);
  });
});

describe('isDeliveryStuck()', () => {
  test('gives a decision thirty seconds to reach the workflow', () => {
    expect(isDeliveryStuck(approved, decidedAtMs + 30_000)).toBe(false);
    expect(isDeliveryStuck(approved, decidedAtMs + 30_001)).toBe(true);
  });

  test('is over once the decision is delivered, expired, or not yet made', () => {
    const later = decidedAtMs + 60_000;

    expect(isDeliveryStuck({ ...approved, deliveredAt: decidedAt }, later)).toBe(false);
    expect(isDeliveryStuck({ ...approved, state: 'EXPIRED' }, later)).toBe(false);
    expect(isDeliveryStuck({ state: 'PENDING', taskToken: 'T' }, later)).toBe(false);
  });
});

describe('firstAnswer()', () => {
  test('says who answered first, without the token', () => {
    expect(firstAnswer(approved)).toEqual({
      message: 'The request for approval is already decided',
      state: 'APPROVED',
      approver: 'grace',
      decidedAt,
    });
  });

  test('says that a request has expired', () => {
    expect(firstAnswer({ state: 'EXPIRED' })).toEqual({
      message: 'The request for approval has expired',
      state: 'EXPIRED',
    });
  });
});
