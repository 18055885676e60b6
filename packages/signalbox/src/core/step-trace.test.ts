import { describe, expect, test } from '@jest/globals';
import { parentIn, segmentIdOf, shownTrace, stepTrace } from './step-trace.ts';

const STEP = { executionArn: 'arn:e', stateName: 'Charge', parameters: '{"a":1}' };
const START = '2026-01-05T10:00:00.000Z';

describe('stepTrace()', () => {
  test('gives an execution without a trace a root of its own, the same for each step', () => {
    const one = stepTrace(undefined, STEP, START);
    const other = stepTrace(undefined, { ...STEP, stateName: 'Ship' }, START);

    expect(one).toMatch(
      /^Root=1-695b[0-9a-f]{4}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Rehearsed=1$/,
    );
    expect(other.split(';')[0]).toBe(one.split(';')[0]);
    expect(parentIn(other)).not.toBe(parentIn(one));
    expect(shownTrace(stepTrace(one, STEP, START))).toBeUndefined();
  });

  test('keeps root, sampling and lineage of the trace that the execution belongs to', () => {
    const header = 'Root=1-2-3;Parent=0123456789abcdef;Sampled=1;Lineage=a:1';

    expect(stepTrace(header, STEP, START)).toBe(
      `Root=1-2-3;Parent=${segmentIdOf(STEP)};Sampled=1;Lineage=a:1`,
    );
    expect(shownTrace(header)).toBe('Root=1-2-3;Parent=0123456789abcdef;Sampled=1');
  });
});
