import { pad } from './padding.ts';
import { cubeRootBits, PRIMES, squareRootBits } from './roots.ts';

const K512 = PRIMES.slice(0, 80).map((prime) => cubeRootBits(prime, 64));
const START512 = PRIMES.slice(0, 8).map((prime) => squareRootBits(prime, 64));
const START384 = PRIMES.slice(8, 16).map((prime) => squareRootBits(prime, 64));

/** SHA-512 (FIPS 180-4). */
export function sha512(data: Uint8Array): Uint8Array {
  return digest(data, START512);
}

/** SHA-384 (FIPS 180-4). */
export function sha384(data: Uint8Array): Uint8Array {
  return digest(data, START384).slice(0, 48);
}

function digest(data: Uint8Array, start: readonly bigint[]): Uint8Array {
  const view = pad(data, { blockBytes: 128, littleEndian: false });
  const state = BigUint64Array.from(start);
  for (let block = 0; block < view.byteLength; block += 128) addBlock(state, view, block);
  const bytes = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => {
    bytes.setBigUint64(i * 8, word);
  });
  return new Uint8Array(bytes.buffer);
}

function addBlock(state: BigUint64Array, view: DataView, block: number): void {
  const words = wordsOf(view, block);
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let i = 0; i < 80; i++) {
    const sum1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const one = wrap(h + sum1 + ((e & f) ^ (~e & g)) + (K512[i] ?? 0n) + at(words, i));
    const sum0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const two = sum0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, wrap(d + one), c, b, a, wrap(one + two)];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = at(state, i) + word;
  });
}

function wordsOf(view: DataView, block: number): BigUint64Array {
  const words = new BigUint64Array(80);
  for (let i = 0; i < 16; i++) words[i] = view.getBigUint64(block + i * 8);
  for (let i = 16; i < 80; i++) {
    const w15 = at(words, i - 15);
    const w2 = at(words, i - 2);
    const sigma0 = rotate(w15, 1n) ^ rotate(w15, 8n) ^ (w15 >> 7n);
    const sigma1 = rotate(w2, 19n) ^ rotate(w2, 61n) ^ (w2 >> 6n);
    words[i] = at(words, i - 16) + sigma0 + at(words, i - 7) + sigma1;
  }
  return words;
}

function at(words: BigUint64Array, index: number): bigint {
  return words[index] ?? 0n;
}

function rotate(word: bigint, bits: bigint): bigint {
  return wrap((word >> bits) | (word << (64n - bits)));
}

function wrap(word: bigint): bigint {
  return BigInt.asUintN(64, word);
}
