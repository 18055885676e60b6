import type { Bucket } from '../bucket.ts';
import type { BucketSection } from './bucket-section.ts';
import { type BucketDefaults, bucketOf } from './seed-buckets.ts';

const DIGITS = 6;

/** The longest name of a bucket that can be numbered. */
export const MAX_STEM_LENGTH = 63 - DIGITS - 1;

/** Makes many buckets that are like a few, one after the other, named such as `est-only-abort-rule-000041`. */
export function* generatedBuckets(
  count: number,
  like: readonly BucketSection[],
  defaults: BucketDefaults,
): Iterable<Bucket> {
  for (let number = 1; number <= count; number += 1) {
    const section = like[(number - 1) % like.length];
    if (section === undefined) return;
    const name = `${section.name}-${String(number).padStart(DIGITS, '0')}`;
    yield bucketOf(section, defaults, name);
  }
}
