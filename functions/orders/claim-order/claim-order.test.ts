import { describe, expect, test } from '@jest/globals';
import { claimOutcome } from './claim-order.ts';

const mine = { executionArn: 'arn:mine', payloadHash: 'a' };

describe('claimOutcome()', () => {
  test('takes its own earlier claim for claimed, whose answer was lost', () => {
    expect(claimOutcome(mine, mine)).toBe('claimed');
  });

  test('takes another execution with the same content for a duplicate', () => {
    expect(claimOutcome({ ...mine, executionArn: 'arn:other' }, mine)).toBe('duplicate');
  });

  test('takes another content for a conflict', () => {
    expect(claimOutcome({ executionArn: 'arn:other', payloadHash: 'b' }, mine)).toBe('conflict');
  });
});
