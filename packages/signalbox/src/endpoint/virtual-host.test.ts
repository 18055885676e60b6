import { describe, expect, test } from '@jest/globals';
import { isBelowLocalhost, withBucketOfHost } from './virtual-host.ts';

describe('withBucketOfHost()', () => {
  test.each([
    ['photos.localhost:4566', '/photos/a.txt'],
    ['photos.s3.localhost:4566', '/photos/a.txt'],
    ['photos.2026.s3.eu-west-1.localhost', '/photos.2026/a.txt'],
    ['photos.s3-us-gov-west-1.localhost', '/photos/a.txt'],
    ['s3.localhost:4566', '/a.txt'],
    ['s3.us-east-1.localhost:4566', '/a.txt'],
    ['localhost:4566', '/a.txt'],
    ['127.0.0.1:4566', '/a.txt'],
  ])('of %s is %s', (host, path) => {
    expect(withBucketOfHost({ path: '/a.txt', query: new URLSearchParams() }, host).path).toBe(
      path,
    );
  });
});

test('a name of another site is not below localhost', () => {
  expect(isBelowLocalhost('bucket.localhost.evil.example')).toBe(false);
  expect(isBelowLocalhost('localhost')).toBe(false);
});
