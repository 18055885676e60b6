import { describe, expect, test } from '@jest/globals';
import { approvedOutput, deniedCause } from './decide-operation-approval.ts';

const decidedBy = {
  approver: 'grace',
  comment: 'Not today',
  decidedAt: '2026-11-22T09:30:00.000Z',
};

describe('approvedOutput()', () => {
  test('tells who approved, why and when, and never the token', () => {
    const approval = { ...decidedBy, state: 'APPROVED', taskToken: 'SECRET-TOKEN' } as const;

    expect(approvedOutput(approval)).toEqual({ decision: 'approve', ...decidedBy });
  });
});

describe('deniedCause()', () => {
  test('tells the same of a denial as JSON', () => {
    const approval = { ...decidedBy, state: 'DENIED', taskToken: 'SECRET-TOKEN' } as const;

    expect(JSON.parse(deniedCause(approval))).toEqual(decidedBy);
  });
});
