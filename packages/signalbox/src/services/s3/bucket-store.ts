import type { Clock } from '../../core/clock.ts';
import { Bucket, type BucketProfile } from './bucket.ts';
import { bucketAlreadyOwnedByYou, invalidBucketName, noSuchBucket } from './s3-errors.ts';

/** Amazon S3's clock and its Region. */
export interface S3Options {
  readonly clock: Clock;
  /** The app's own, for whoever names no other. */
  readonly region: string;
}

// AWS: "Bucket naming rules".
const NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3)$)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The account's buckets of all Regions by name. */
export class BucketStore {
  #buckets = new Map<string, Bucket>();
  /** In the order of their names; undefined after a change, until somebody lists them. */
  #sorted: readonly Bucket[] | undefined;
  readonly #options: S3Options;

  constructor(options: S3Options) {
    this.#options = options;
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
    const bucket = new Bucket({ name, region, creationDate, ...(profile && { profile }) });
    this.#buckets.set(name, bucket);
    this.#sorted = undefined;
    return bucket;
  }

  remove(name: string): void {
    this.#buckets.delete(name);
    this.#sorted = undefined;
  }

  /** Puts others in the place of all buckets but the stack's. */
  replace(buckets: Iterable<Bucket>): void {
    const kept = [...this.#buckets.values()].filter(({ profile }) => profile.isOfStack);
    this.#buckets = new Map(kept.map((bucket) => [bucket.name, bucket]));
    for (const bucket of buckets) this.#buckets.set(bucket.name, bucket);
    this.#sorted = undefined;
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
