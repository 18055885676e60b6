import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { digestHex, type HashAlgorithm } from './digest.ts';

const ALGORITHMS: readonly (readonly [HashAlgorithm, string])[] = [
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
];

describe('digestHex()', () => {
  test.each(ALGORITHMS)(
    'agrees with OpenSSL on %s for every length around the block sizes',
    (ours, openSsl) => {
      for (let length = 0; length < 260; length++) {
        const text = 'ä'.repeat(length % 2) + 'x'.repeat(length);
        expect(digestHex(ours, text)).toBe(createHash(openSsl).update(text).digest('hex'));
      }
    },
  );
});
