import type { Bucket } from '../bucket.ts';
import type { Members } from './members.ts';
import { type BucketDefaults, bucketOf, readBucket, type SeededBucket } from './seed-buckets.ts';

/** Many buckets that are like a few, for measuring how something goes at scale. */
export interface Generated {
  readonly count: number;
  readonly like: readonly SeededBucket[];
}

/** Reads `generate`: what its buckets are like, by the name of one of `buckets` or written out. */
export function readGenerated(
  members: Members,
  buckets: readonly SeededBucket[],
  defaults: BucketDefaults,
): Generated {
  const count = members.whole('count') ?? 0;
  const like = members.list('like', 'a list of names of buckets, or of buckets', (item, path) =>
    typeof item === 'string'
      ? buckets.find(({ name }) => name === item)
      : members.within(item, path, (bucket) => readBucket(bucket, defaults)),
  );
  if (count > 0 && (like ?? []).length === 0) members.wrong('must name what they are like', 'like');
  for (const { name } of like ?? []) {
    if (name.length > MAX_STEM_LENGTH) members.wrong(`is too long to number: ${name}`, 'like');
  }
  return { count, like: like ?? [] };
}

const DIGITS = 6;
const MAX_STEM_LENGTH = 63 - DIGITS - 1;

/** Makes the buckets one after the other, named such as `est-only-abort-rule-000041`. */
export function* generatedBuckets({ count, like }: Generated): Iterable<Bucket> {
  for (let number = 1; number <= count; number += 1) {
    const seeded = like[(number - 1) % like.length];
    if (seeded === undefined) return;
    yield bucketOf(seeded, `${seeded.name}-${String(number).padStart(DIGITS, '0')}`);
  }
}
