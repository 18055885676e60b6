/** The first 80 primes, whose roots the SHA-2 functions take their constants from (FIPS 180-4 §4.2). */
export const PRIMES: readonly bigint[] = firstPrimes(80);

/** The first bits of the fractional part of a number's square root. */
export function squareRootBits(value: bigint, bits: 32 | 64): bigint {
  return BigInt.asUintN(bits, root(value << BigInt(2 * bits), 2n));
}

/** The first bits of the fractional part of a number's cube root. */
export function cubeRootBits(value: bigint, bits: 32 | 64): bigint {
  return BigInt.asUintN(bits, root(value << BigInt(3 * bits), 3n));
}

/** The integer root, by bisection. */
function root(value: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << 80n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}

function firstPrimes(count: number): readonly bigint[] {
  const primes: bigint[] = [];
  for (let candidate = 2n; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate);
  }
  return primes;
}
