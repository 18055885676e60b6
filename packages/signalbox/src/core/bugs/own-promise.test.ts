import { expect, test } from '@jest/globals';
import { ownPromise } from './own-promise.ts';

test('a promise that is owned reports its failure and does not fail itself', async () => {
  const bugs: unknown[] = [];
  const bug = new TypeError('no');
  await ownPromise(Promise.reject(bug), (found) => bugs.push(found));
  await ownPromise(Promise.resolve(1), (found) => bugs.push(found));
  expect(bugs).toEqual([bug]);
});
