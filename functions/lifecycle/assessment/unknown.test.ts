import { describe, expect, test } from '@jest/globals';
import { unknownBy } from './unknown.ts';

const named = (name: string, more: object = {}) =>
  Object.assign(new Error('secret'), { name }, more);

describe('unknownBy()', () => {
  test.each([
    ['AccessDenied', {}, 'ACCESS_DENIED'],
    ['NoSuchBucket', {}, 'NO_SUCH_BUCKET'],
    ['PermanentRedirect', {}, 'REDIRECTED'],
    ['SlowDown', {}, 'THROTTLED'],
    ['TimeoutError', {}, 'UNREACHABLE'],
    ['Error', { code: 'ECONNREFUSED' }, 'UNREACHABLE'],
    ['301', { $metadata: { httpStatusCode: 301 } }, 'REDIRECTED'],
    ['Odd', { $metadata: { httpStatusCode: 403 } }, 'ACCESS_DENIED'],
    ['MethodNotAllowed', { $metadata: { httpStatusCode: 405 } }, 'ERROR'],
  ])('reads %s', (name, more, reason) => {
    expect(unknownBy('GetBucketTagging', named(name, more))).toEqual({
      reason,
      sentence: `GetBucketTagging was answered by ${name}.`,
    });
  });
});
