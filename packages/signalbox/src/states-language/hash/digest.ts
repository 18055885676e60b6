import { md5 } from './md5.ts';
import { sha1, sha256 } from './sha-32-bit.ts';
import { sha384, sha512 } from './sha-64-bit.ts';

/** A hash function over bytes. */
export type Digest = (data: Uint8Array) => Uint8Array;

const DIGESTS = {
  MD5: md5,
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
} as const satisfies Record<string, Digest>;

/** The algorithms of States.Hash and $hash. */
export type HashAlgorithm = keyof typeof DIGESTS;

/** Tells whether AWS's hash functions know the algorithm. */
export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(DIGESTS, name);
}

/** Hashes a text's UTF-8 and writes the digest in hexadecimal. */
export function digestHex(algorithm: HashAlgorithm, text: string): string {
  const digest = DIGESTS[algorithm](new TextEncoder().encode(text));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
