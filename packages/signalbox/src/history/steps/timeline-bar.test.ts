import { describe, expect, test } from '@jest/globals';
import type { Attempt, Step } from './step.ts';
import { timelineBar } from './timeline-bar.ts';

function step(fromMs: number, toMs: number | undefined, attempts: readonly Attempt[] = []): Step {
  return {
    ...{ id: 1, name: 'A', type: 'Task', parent: undefined, enteredMs: fromMs, exitedMs: toMs },
    ...{ status: 'succeeded', input: '{}', output: undefined, assigned: undefined },
    ...{ error: undefined, cause: undefined, iterations: new Map(), length: undefined },
    ...{ mapRunArn: undefined, eventIds: [1], attempts: [...attempts] },
  };
}

function attempt(startedMs: number, endedMs: number, status: Attempt['status']): Attempt {
  return {
    ...{ scheduledId: 1, startedMs, endedMs, status, resource: undefined, parameters: undefined },
    ...{ output: undefined, error: undefined, cause: undefined, isSubmitted: false },
  };
}

describe('timelineBar()', () => {
  const span = { fromMs: 0, toMs: 1_000 };

  test.each([
    ['the whole', step(0, 1_000), '██████████'],
    ['the second half', step(500, 1_000), '     █████'],
    ['a moment', step(200, 200), '  █'],
    ['what goes on', step(900, undefined), '         █'],
    [
      'a retry',
      step(0, 1_000, [attempt(0, 300, 'failed'), attempt(600, 1_000, 'succeeded')]),
      '▒▒▒···████',
    ],
  ])('draws %s', (_, given, bar) => {
    expect(timelineBar(given, span, 10)).toBe(bar);
  });
});
