import { describe, expect, test } from '@jest/globals';
import { UserError } from '../core/user-error.ts';
import { explain } from './explain.ts';

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

describe('explain', () => {
  test.each([
    ['a user error', new UserError('not-found', 'No such'), 'No such', 3],
    [
      'an AWS error',
      named('ExecutionDoesNotExist', 'Gone', { $metadata: {} }),
      'ExecutionDoesNotExist: Gone',
      3,
    ],
    [
      'missing credentials',
      named('CredentialsProviderError', 'Could not load credentials'),
      'No AWS credentials: name a profile with --profile, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (Could not load credentials)',
      2,
    ],
    [
      'a missing Region',
      new Error('Region is missing'),
      'No AWS Region: name one with --region, or set AWS_REGION',
      2,
    ],
  ])(
    'says on one line, without a stack, what to do about %s',
    (_what, error, message, exitCode) => {
      expect(explain(error, undefined)).toEqual({ message, exitCode });
    },
  );

  test('keeps the stack of what is our own bug', () => {
    const { message, exitCode } = explain(new TypeError('x is not a function'), undefined);
    expect(message).toMatch(/^TypeError: x is not a function\n +at /);
    expect(exitCode).toBe(1);
  });
});
