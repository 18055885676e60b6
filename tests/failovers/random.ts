/** Choices that follow from one seed: the same seed always gives the same choices. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  /** Whether something comes about whose probability (0 to 1) is given. */
  chance(probability: number): boolean;
  /** One of some things. @throws {RangeError} When there are none. */
  pick<T>(things: readonly T[]): T;
  /** One of some things, each by its weight. @throws {RangeError} When there are none. */
  weighted<T>(things: readonly (readonly [weight: number, thing: T])[]): T;
}

/** Makes choices from a seed, a whole number, by the generator mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  function weighted<T>(things: readonly (readonly [weight: number, thing: T])[]): T {
    const whole = things.reduce((sum, [weight]) => sum + weight, 0);
    let left = next() * whole;
    for (const [weight, thing] of things) {
      left -= weight;
      if (left < 0) return thing;
    }
    throw new RangeError('Cannot pick one of nothing');
  }

  return {
    integer: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick: (things) => weighted(things.map((thing) => [1, thing] as const)),
    weighted,
  };
}
