import { createHash } from 'node:crypto';

/** OpenSSL's names of the algorithms, by AWS's. */
const ALGORITHMS = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
} as const;

/** The algorithms of States.Hash and $hash. */
export type HashAlgorithm = keyof typeof ALGORITHMS;

/** Says whether AWS's hash functions know the algorithm. */
export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(ALGORITHMS, name);
}

/** Hashes a text's UTF-8 and writes the digest in hexadecimal. */
export function digestHex(algorithm: HashAlgorithm, text: string): string {
  return createHash(ALGORITHMS[algorithm]).update(text, 'utf8').digest('hex');
}
