import { describe, expect, test } from '@jest/globals';
import { rebuiltWindow, replayOf } from './rebuild-reports.ts';

const now = new Date('2026-01-31T10:00:00Z');
const names = { archiveArn: 'arn:archive', busArn: 'arn:bus', ruleArn: 'arn:rule' };

describe('rebuiltWindow()', () => {
  test('begins where the archive surely begins, and ends before what may not be in it yet', () => {
    expect(rebuiltWindow(now, 31)).toEqual({
      begin: new Date('2026-01-01T10:00:00Z'),
      end: new Date('2026-01-31T09:45:00Z'),
    });
  });
});

describe('replayOf()', () => {
  test('goes to one rule alone, up to now', () => {
    expect(replayOf(rebuiltWindow(now, 31), now, names)).toEqual({
      ReplayName: 'reports-20260131T100000000Z',
      EventSourceArn: 'arn:archive',
      EventStartTime: new Date('2026-01-01T10:00:00Z'),
      EventEndTime: now,
      Destination: { Arn: 'arn:bus', FilterArns: ['arn:rule'] },
    });
  });
});
