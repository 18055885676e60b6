import { describe, expect, test } from '@jest/globals';
import { coversError } from './error-names.ts';

describe('coversError()', () => {
  test.each<[string, string | undefined, boolean, boolean]>([
    ['States.ALL', 'Custom', true, true],
    ['States.ALL', undefined, true, true],
    ['States.ALL', 'States.Timeout', true, true],
    ['States.ALL', 'States.Runtime', false, false],
    ['States.ALL', 'States.DataLimitExceeded', false, false],
    ['States.ALL', 'States.DataLimitExceeded', true, true],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', false, true],
    ['States.TaskFailed', 'Custom', true, true],
    ['States.TaskFailed', 'States.Timeout', true, false],
    ['Custom', 'Other', true, false],
  ])('%s covers %s of a task or not (%s): %s', (covered, error, isFromTask, expected) => {
    expect(coversError([covered], { names: [error], isFromTask })).toBe(expected);
  });

  test('covers a lapsed heartbeat by both its names', () => {
    const error = { names: ['States.HeartbeatTimeout', 'States.Timeout'], isFromTask: true };

    expect(coversError(['States.HeartbeatTimeout'], error)).toBe(true);
    expect(coversError(['States.Timeout'], error)).toBe(true);
  });
});
