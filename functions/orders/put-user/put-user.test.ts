import { describe, expect, test } from '@jest/globals';
import { safeParse } from 'valibot';
import { PutUserSchema, userChanged, userUpdate } from './put-user.ts';

const NOW = '2026-11-22T09:30:00.000Z';

describe('PutUserSchema', () => {
  test.each([
    [{ name: 'Ada' }, true],
    [{ name: 'Ada', email: 'ada@example.com' }, true],
    [{ name: '' }, false],
    [{ name: 'Ada', email: 'ada' }, false],
    [{ name: 'Ada', userId: 'usr-1' }, false],
  ])('reads %j: %p', (body, isValid) => {
    expect(safeParse(PutUserSchema, body).success).toBe(isValid);
  });
});

describe('userUpdate()', () => {
  test('writes the whole user: an address that is left out goes', () => {
    expect(userUpdate('Users', 'usr-1', { name: 'Ada' }, NOW).UpdateExpression).toMatch(
      / REMOVE email ADD userVersion :one$/,
    );
    expect(
      userUpdate('Users', 'usr-1', { name: 'Ada', email: 'ada@example.com' }, NOW),
    ).toMatchObject({ ExpressionAttributeValues: { ':email': 'ada@example.com' } });
  });
});

describe('userChanged()', () => {
  test('tells of the whole user, and of no address by null', () => {
    const { Detail = '' } = userChanged('bus', { userId: 'u', name: 'Ada', userVersion: 3 }, NOW);
    expect(JSON.parse(Detail)).toEqual({
      version: 1,
      userId: 'u',
      userVersion: 3,
      name: 'Ada',
      email: null,
      changedAt: NOW,
    });
  });
});
