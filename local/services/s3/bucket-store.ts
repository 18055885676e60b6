import type { Clock } from '../../clock.ts';
import { Bucket } from './bucket.ts';
import { bucketAlreadyOwnedByYou, invalidBucketName, noSuchBucket } from './s3-errors.ts';

/** What Amazon S3 stands on. */
export interface S3Setting {
  readonly clock: Clock;
  readonly region: string;
}

// AWS: "Bucket naming rules".
const NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3)$)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets by name. */
export class BucketStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #setting: S3Setting;

  constructor(setting: S3Setting) {
    this.#setting = setting;
  }

  get region(): string {
    return this.#setting.region;
  }

  now(): Date {
    return this.#setting.clock.now();
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
  add(name: string): Bucket {
    if (!NAME.test(name)) throw invalidBucketName(name);
    // AWS: in us-east-1 alone, an owner may make a bucket again.
    const existing = this.#buckets.get(name);
    if (existing !== undefined && this.region === 'us-east-1') return existing;
    if (existing !== undefined) throw bucketAlreadyOwnedByYou(name);
    const bucket = new Bucket(name, this.now());
    this.#buckets.set(name, bucket);
    return bucket;
  }

  remove(name: string): void {
    this.#buckets.delete(name);
  }

  /** In the order of their names. */
  all(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
