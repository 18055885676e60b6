import type { Leaf } from '../leaf.ts';

/** The very value; numbers compare as numbers, so that 300 fits 3.0e2. */
export interface ExactMatch {
  readonly kind: 'exact';
  readonly value: Leaf;
}

/** Returns whether the value is the wanted one. */
export function isExactly(match: ExactMatch, value: Leaf): boolean {
  return match.value === value;
}
