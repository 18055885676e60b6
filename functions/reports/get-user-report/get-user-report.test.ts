import { expect, test } from '@jest/globals';
import { requestedUserId } from './get-user-report.ts';

test.each([
  ['usr-ada', 'usr-ada'],
  ['a'.repeat(65), undefined],
  ['../users', undefined],
  [undefined, undefined],
])('the user of the path %p is %p', (userId, expected) => {
  expect(requestedUserId({ pathParameters: { userId } })).toBe(expected);
});
