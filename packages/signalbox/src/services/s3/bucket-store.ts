import type { Clock } from '../../core/clock.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';
import { Bucket, type BucketProfile } from './bucket.ts';
import { createKeptBuckets, type KeptBuckets } from './kept-buckets.ts';
import { bucketAlreadyOwnedByYou, invalidBucketName, noSuchBucket } from './s3-errors.ts';

/** Amazon S3's clock and its Region. */
export interface S3Options {
  readonly clock: Clock;
  /** The app's own, for whoever names no other. */
  readonly region: string;
  /** Keeps buckets and objects, but those that are seeded; in memory unless given. */
  readonly maps?: KeptMaps;
}

// AWS: "Bucket naming rules".
const NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3)$)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The account's buckets of all Regions by name. */
export class BucketStore {
  readonly #buckets = new Map<string, Bucket>();
  /** In the order of their names; undefined after a change, until somebody lists them. */
  #sorted: readonly Bucket[] | undefined;
  readonly #options: S3Options;
  readonly #kept: KeptBuckets;
  /** Those of an earlier process, which the seeding at the start leaves alone. */
  #restored: ReadonlySet<string>;

  constructor(options: S3Options) {
    this.#options = options;
    this.#kept = createKeptBuckets(options.maps ?? unkeptMaps);
    for (const bucket of this.#kept.restore()) this.#buckets.set(bucket.name, bucket);
    this.#restored = new Set(this.#buckets.keys());
  }

  get region(): string {
    return this.#options.region;
  }

  now(): Date {
    return this.#options.clock.now();
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws {AwsError} `NoSuchBucket`. */
  get(name: string | undefined): Bucket {
    const bucket = this.#buckets.get(name ?? '');
    if (bucket === undefined) throw noSuchBucket(name ?? '');
    return bucket;
  }

  /** @throws {AwsError} `InvalidBucketName` or `BucketAlreadyOwnedByYou`. */
  add(name: string, region = this.region, profile?: BucketProfile): Bucket {
    if (!NAME.test(name)) throw invalidBucketName(name);
    const existing = this.#buckets.get(name);
    // AWS: in us-east-1 alone, an owner may make a bucket again.
    if (existing?.region === 'us-east-1' && region === 'us-east-1') return existing;
    if (existing !== undefined) throw bucketAlreadyOwnedByYou(name);
    const creationDate = this.now();
    const kept = this.#kept.objectsOf(name);
    const bucket = new Bucket({ name, region, creationDate, kept, ...(profile && { profile }) });
    this.#kept.keep(bucket);
    this.#buckets.set(name, bucket);
    this.#sorted = undefined;
    return bucket;
  }

  remove(name: string): void {
    this.#kept.forget(name);
    this.#buckets.delete(name);
    this.#sorted = undefined;
  }

  /** Puts others in the place of all buckets but the stack's, and, the first time, those of an earlier process. */
  replace(buckets: Iterable<Bucket>): void {
    for (const [name, { profile }] of this.#buckets) {
      if (!profile.isOfStack && !this.#restored.has(name)) this.remove(name);
    }
    this.#restored = new Set();
    for (const bucket of buckets) this.#buckets.set(bucket.name, bucket);
    this.#sorted = undefined;
  }

  /** Keeps what a call has changed of a bucket, unless it was seeded. */
  keep(name: string): void {
    const bucket = this.find(name);
    if (bucket !== undefined && this.#kept.has(name)) this.#kept.keep(bucket);
  }

  /** In the order of their names. */
  all(): readonly Bucket[] {
    this.#sorted ??= [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return this.#sorted;
  }

  /** The place in `all()` of the first bucket whose name comes after `name`. */
  placeAfter(name: string): number {
    const buckets = this.all();
    let low = 0;
    let high = buckets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((buckets[middle]?.name ?? '') > name) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Returns whether S3 takes a bucket's name. */
export function isBucketName(name: string): boolean {
  return NAME.test(name);
}
