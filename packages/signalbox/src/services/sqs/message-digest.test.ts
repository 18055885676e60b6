import { describe, expect, test } from '@jest/globals';
import { digestAttributes, digestBody } from './message-digest.ts';

describe('digestAttributes()', () => {
  test('digests a number as SQS does', () => {
    // The value that moto asserts, compared there with AWS (tests/test_sqs).
    const timestamp = { DataType: 'Number', StringValue: '1493147359900' };

    expect(digestAttributes({ timestamp })).toBe('235c5c510d26fb653d073faed50ae77c');
  });

  test('distinguishes a binary value from a string of the same bytes', () => {
    const binary = { DataType: 'Binary', BinaryValue: Buffer.from('a') };

    expect(digestAttributes({ a: binary })).not.toBe(
      digestAttributes({ a: { DataType: 'Binary', StringValue: 'a' } }),
    );
  });

  test('does not depend on the order of the attributes', () => {
    const a = { DataType: 'String', StringValue: '1' };
    const b = { DataType: 'Number', StringValue: '2' };

    expect(digestAttributes({ a, b })).toBe(digestAttributes({ b, a }));
    expect(digestAttributes({ a, b })).not.toBe(digestAttributes({ a: b, b: a }));
  });

  test('returns undefined for no attributes', () => {
    expect(digestAttributes({})).toBeUndefined();
    expect(digestAttributes(undefined)).toBeUndefined();
  });
});

describe('digestBody()', () => {
  test('is the MD5 of the UTF-8 text', () => {
    expect(digestBody('hello')).toBe('5d41402abc4b2a76b9719d911017c592');
  });
});
