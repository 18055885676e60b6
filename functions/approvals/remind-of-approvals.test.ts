import { describe, expect, test } from '@jest/globals';
import { isReminderDue } from './remind-of-approvals.ts';

const approval = {
  state: 'PENDING',
  requestedAt: '2026-11-22T09:00:00.000Z',
  answerBy: '2026-11-22T10:00:00.000Z',
} as const;

describe('isReminderDue()', () => {
  test.each([
    ['2026-11-22T09:29:59.999Z', false],
    ['2026-11-22T09:30:00.000Z', true],
    ['2026-11-22T09:59:00.000Z', true],
  ])('at %s: %p', (now, isDue) => {
    expect(isReminderDue(approval, now)).toBe(isDue);
  });

  test('is so once', () => {
    const remindedAt = '2026-11-22T09:31:00.000Z';

    expect(isReminderDue({ ...approval, remindedAt }, '2026-11-22T09:45:00.000Z')).toBe(false);
  });
});
