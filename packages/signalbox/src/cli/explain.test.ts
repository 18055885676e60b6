import { describe, expect, test } from '@jest/globals';
import { invalid, UserError } from '../core/user-error.ts';
import { explain } from './explain.ts';

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

const ON_AWS = { endpoint: undefined, verbose: false };

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
      expect(explain(error, ON_AWS)).toEqual({ message, exitCode });
    },
  );

  test('counts the consequences of a mistake, or prints them before it', () => {
    const error = invalid([
      { message: 'No Bus', line: 1, file: 'template.yaml', mistake: 'no Bus' },
      { message: 'No Bus', line: 2, file: 'template.yaml', mistake: 'no Bus' },
    ]);
    expect(explain(error, ON_AWS).message).toBe(
      '2 problems, but some only follow from others (--verbose prints all):\ntemplate.yaml:1: No Bus (and 1 more that follows from it)',
    );
    expect(explain(error, { ...ON_AWS, verbose: true }).message).toBe(
      'template.yaml:2: No Bus\ntemplate.yaml:1: No Bus',
    );
  });

  test('keeps the stack of what is our own bug', () => {
    const { message, exitCode } = explain(new TypeError('x is not a function'), ON_AWS);
    expect(message).toMatch(/^TypeError: x is not a function\n +at /);
    expect(exitCode).toBe(1);
  });
});
