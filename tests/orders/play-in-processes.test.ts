import { expect, test } from '@jest/globals';
import { sharesOf } from './play-in-processes.ts';

test.each([
  [1, [{ first: 7, runs: 1 }]],
  [49, [{ first: 7, runs: 49 }]],
  [
    51,
    [
      { first: 7, runs: 26 },
      { first: 33, runs: 25 },
    ],
  ],
])('%i runs are shared out so', (runs, shares) => {
  expect(sharesOf(7, runs, 2)).toEqual(shares);
});

test('many runs are shared by all processes, each seed once', () => {
  const shares = sharesOf(0, 1_001, 2);

  expect(shares).toHaveLength(8);
  const seeds = shares.flatMap(({ first, runs }) =>
    Array.from({ length: runs }, (_, at) => first + at),
  );
  expect(seeds).toEqual(Array.from({ length: 1_001 }, (_, seed) => seed));
});
