import { expect, test } from '@jest/globals';
import { mostBytes } from './most-bytes.ts';

const MB = 1024 * 1024;

test.each([
  ['s3', {}, 64 * MB],
  ['lambda', {}, 64 * MB],
  ['dynamodb', { 'content-type': 'application/x-amz-json-1.0' }, 16 * MB],
  ['dynamodb', { 'x-amz-target': 'DynamoDB_20120810.PutItem' }, 4 * MB],
  ['sqs', { 'content-type': 'application/x-amz-json-1.0' }, 4 * MB],
  ['sns', { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, MB],
  [undefined, {}, 4 * MB],
])('mostBytes() of %s', (service, headers, bytes) => {
  expect(mostBytes(service, { headers })).toBe(bytes);
});
