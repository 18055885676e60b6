import { pad } from './padding.ts';
import { cubeRootBits, PRIMES, squareRootBits } from './roots.ts';

/** SHA-1 (FIPS 180-4). */
export function sha1(data: Uint8Array): Uint8Array {
  const view = pad(data, { blockBytes: 64, littleEndian: false });
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  for (let block = 0; block < view.byteLength; block += 64) addSha1Block(state, view, block);
  return bytesOf(state);
}

function addSha1Block(state: Uint32Array, view: DataView, block: number): void {
  const words = new Uint32Array(80);
  for (let i = 0; i < 80; i++) {
    words[i] =
      i < 16
        ? view.getUint32(block + i * 4)
        : rotateLeft(
            at(words, i - 3) ^ at(words, i - 8) ^ at(words, i - 14) ^ at(words, i - 16),
            1,
          );
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let i = 0; i < 80; i++) {
    const [mix, constant] = sha1Round(i, b, c, d);
    const next = (rotateLeft(a, 5) + mix + e + constant + at(words, i)) | 0;
    [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
  }
  add(state, [a, b, c, d, e]);
}

function sha1Round(i: number, b: number, c: number, d: number): readonly [number, number] {
  if (i < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (i < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (i < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

const K256 = Uint32Array.from(PRIMES.slice(0, 64), (prime) => Number(cubeRootBits(prime, 32)));
const START256 = Uint32Array.from(PRIMES.slice(0, 8), (prime) => Number(squareRootBits(prime, 32)));

/** SHA-256 (FIPS 180-4). */
export function sha256(data: Uint8Array): Uint8Array {
  const view = pad(data, { blockBytes: 64, littleEndian: false });
  const state = Uint32Array.from(START256);
  for (let block = 0; block < view.byteLength; block += 64) addSha256Block(state, view, block);
  return bytesOf(state);
}

function addSha256Block(state: Uint32Array, view: DataView, block: number): void {
  const words = sha256Words(view, block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const sum1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
    const one = (h + sum1 + ((e & f) ^ (~e & g)) + at(K256, i) + at(words, i)) | 0;
    const sum0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
    const two = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  add(state, [a, b, c, d, e, f, g, h]);
}

function sha256Words(view: DataView, block: number): Uint32Array {
  const words = new Uint32Array(64);
  for (let i = 0; i < 16; i++) words[i] = view.getUint32(block + i * 4);
  for (let i = 16; i < 64; i++) {
    const w15 = at(words, i - 15);
    const w2 = at(words, i - 2);
    const sigma0 = rotateRight(w15, 7) ^ rotateRight(w15, 18) ^ (w15 >>> 3);
    const sigma1 = rotateRight(w2, 17) ^ rotateRight(w2, 19) ^ (w2 >>> 10);
    words[i] = at(words, i - 16) + sigma0 + at(words, i - 7) + sigma1;
  }
  return words;
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function rotateRight(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function add(state: Uint32Array, words: readonly number[]): void {
  words.forEach((word, i) => {
    state[i] = at(state, i) + word;
  });
}

function bytesOf(state: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(state.length * 4));
  state.forEach((word, i) => {
    view.setUint32(i * 4, word);
  });
  return new Uint8Array(view.buffer);
}
