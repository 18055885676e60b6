import { describe, expect, test } from '@jest/globals';
import { requestedUserId } from './user.ts';

describe('requestedUserId()', () => {
  test('reads an id, and nothing that cannot be one', () => {
    expect(requestedUserId({ pathParameters: { userId: 'usr-1' } })).toBe('usr-1');
    expect(requestedUserId({ pathParameters: { userId: 'a b' } })).toBeUndefined();
    expect(requestedUserId({})).toBeUndefined();
  });
});
