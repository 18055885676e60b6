import { describe, expect, test } from '@jest/globals';
import { runPatternCase } from './run-pattern-case.ts';

const GIVEN = { id: 'one', pattern: { a: ['x'] }, event: { a: 'x' } };

describe('runPatternCase()', () => {
  test('passes a case whose response is as recorded', () => {
    expect(runPatternCase({ ...GIVEN, expected: true })).toEqual({
      id: 'one',
      passed: true,
      expected: 'true',
      actual: 'true',
    });
  });

  test('fails a case whose response differs', () => {
    expect(runPatternCase({ ...GIVEN, expected: false })).toMatchObject({ passed: false });
    expect(runPatternCase({ ...GIVEN, eventRaw: '{"a": "y"}', expected: true })).toMatchObject({
      passed: false,
      actual: 'false',
    });
  });

  test('compares the first line of a refusal, with the service’s beginning or without', () => {
    const patternRaw = '{"a": []}';
    const reason = 'Empty arrays are not allowed';
    const messages = [reason, `Event pattern is not valid. Reason: ${reason}\n at [Source: …]`];

    for (const message of messages) {
      const outcome = runPatternCase({
        ...GIVEN,
        patternRaw,
        expected: 'exception',
        exception: { message },
      });
      expect(outcome).toMatchObject({ passed: true, actual: reason });
    }
    expect(
      runPatternCase({ ...GIVEN, expected: 'exception', exception: { message: reason } }),
    ).toMatchObject({ passed: false });
  });
});
