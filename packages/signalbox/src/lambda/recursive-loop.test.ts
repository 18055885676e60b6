import { describe, expect, test } from '@jest/globals';
import { Recursions } from '../core/recursions.ts';
import { passFunction } from './recursive-loop.ts';
import { testFunction } from './test-project.ts';

const ENDLESS = testFunction('Endless', 'none');

/** How often a function is invoked by itself until it is stopped, 100 times at most. */
function depthOf(resource: typeof ENDLESS): number {
  const recursions = new Recursions(1_000);
  let trace: string | undefined = 'Root=1-2-3';
  for (let depth = 0; depth < 100; depth += 1) {
    try {
      trace = passFunction(resource, trace, recursions);
    } catch (error) {
      expect(error).toMatchObject({
        name: 'RecursiveInvocationException',
        message: expect.stringContaining('Endless comes of itself, 16 times over by now'),
      });
      return depth;
    }
  }
  return 100;
}

describe('passFunction()', () => {
  test('stops a function that was invoked by itself 16 times', () => {
    expect(depthOf(ENDLESS)).toBe(17);
  });

  test('lets one go on whose RecursiveLoop allows it', () => {
    expect(depthOf({ ...ENDLESS, allowsRecursion: true })).toBe(100);
  });
});
