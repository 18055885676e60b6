import type { LifecycleRule, Tag, TransitionDefaultMinimumObjectSize } from '@aws-sdk/client-s3';
import type { Checksums } from './checksums.ts';
import type { ObjectEncryption } from './encryption.ts';
import { type Eventual, eventual } from './lifecycle/eventual.ts';
import type { BucketLock, ObjectLock } from './object-lock/object-lock.ts';
import type { StorageType } from './simulated/storage-type.ts';

/** One version of an object, or the marker that says it was deleted. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` where the bucket had no versioning when it was written. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly body: Uint8Array;
  readonly eTag: string;
  readonly lastModified: Date;
  readonly storageClass: string;
  /** The headers that come back as they were given, by the names of the API. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  /** Those that the client sent. */
  readonly checksums?: Checksums;
  /** S3's own keys unless given. */
  readonly encryption?: ObjectEncryption;
  /** What keeps it from being deleted. */
  readonly lock?: ObjectLock | undefined;
}

/** S3's name for the version of an object that has none. */
export const NULL_VERSION = 'null';

/** A bucket's lifecycle, its rules all with an ID. */
export interface LifecycleConfiguration {
  readonly rules: readonly LifecycleRule[];
  readonly minimumObjectSize: TransitionDefaultMinimumObjectSize;
}

/** The properties of a bucket that no API call changes; buckets that are alike share one. */
export interface BucketProfile {
  /** Whether the template has it, so that it outlives a seeding of the simulated resources. */
  readonly isOfStack: boolean;
  /** IAM actions that the bucket's policy denies to everybody, such as `s3:GetLifecycleConfiguration`. */
  readonly denied: readonly string[];
  /** Milliseconds until a change of its lifecycle is read. */
  readonly propagationMs: number;
  /** Bytes that it is said to hold, beside what was really put. */
  readonly storageBytes: Readonly<Partial<Record<StorageType, number>>>;
  /** Objects that it is said to hold, beside those that were really put. */
  readonly objectCount: number;
}

/** A bucket that somebody made by the API. */
export const PLAIN_PROFILE: BucketProfile = {
  isOfStack: false,
  denied: [],
  propagationMs: 0,
  storageBytes: {},
  objectCount: 0,
};

const NEVER_HAD_RULES: Eventual<LifecycleConfiguration | undefined> = eventual(undefined);

/** The options that a bucket is made with. */
export interface NewBucket {
  readonly name: string;
  readonly region: string;
  readonly creationDate: Date;
  readonly profile?: BucketProfile;
  /** Keeps its objects; undefined where they last as long as the process. */
  readonly kept?: KeptObjects | undefined;
}

/** The objects of one bucket as they are kept. All throw an `AwsError` when the disk does not take it. */
export interface KeptObjects {
  /** Keeps a new version, in place of one of the same id. */
  add(version: ObjectVersion): void;
  /** Keeps a version whose tags or lock have changed. */
  change(version: ObjectVersion): void;
  remove(key: string, versionId: string): void;
}

/** A bucket and what is in it; small while it is empty, since an account may have a hundred thousand. */
export class Bucket {
  readonly name: string;
  readonly region: string;
  readonly creationDate: Date;
  profile: BucketProfile;
  tags: readonly Tag[] | undefined;
  versioning: 'Enabled' | 'Suspended' | undefined;
  mfaDelete = false;
  lifecycle = NEVER_HAD_RULES;
  /** Undefined where its objects can't be locked. */
  lock: BucketLock | undefined;
  /** Its policy, as JSON; only asked whether it lets everybody in. */
  policy: string | undefined;
  /** Whether it notifies EventBridge. */
  notifiesEventBridge = false;
  /** The newest version of an object comes last. */
  #objects: Map<string, readonly ObjectVersion[]> | undefined;
  readonly #kept: KeptObjects | undefined;

  constructor({ name, region, creationDate, profile = PLAIN_PROFILE, kept }: NewBucket) {
    this.name = name;
    this.region = region;
    this.creationDate = creationDate;
    this.profile = profile;
    this.#kept = kept;
  }

  get isEmpty(): boolean {
    return this.#objects === undefined || this.#objects.size === 0;
  }

  /** The current version of an object; undefined where there is none, or a delete marker. */
  current(key: string): ObjectVersion | undefined {
    const latest = this.latest(key);
    return latest?.isDeleteMarker === true ? undefined : latest;
  }

  latest(key: string): ObjectVersion | undefined {
    return this.#objects?.get(key)?.at(-1);
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.#objects?.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Adds a version; one with the same id gives way. */
  put(version: ObjectVersion): void {
    this.#kept?.add(version);
    this.restore(version);
  }

  /** Takes a version that is kept already. */
  restore(version: ObjectVersion): void {
    const { key, versionId } = version;
    this.#objects ??= new Map();
    const others = (this.#objects.get(key) ?? []).filter((other) => other.versionId !== versionId);
    this.#objects.set(key, [...others, version]);
  }

  /** Changes the tags or the lock of a version, which stays in its place. */
  change(version: ObjectVersion, changes: Partial<Pick<ObjectVersion, 'tags' | 'lock'>>): void {
    const changed = { ...version, ...changes };
    this.#kept?.change(changed);
    const versions = this.#objects?.get(version.key) ?? [];
    this.#objects?.set(
      version.key,
      versions.map((one) => (one.versionId === version.versionId ? changed : one)),
    );
  }

  /** Takes one version away for good. */
  remove(key: string, versionId: string): void {
    this.#kept?.remove(key, versionId);
    const left = (this.#objects?.get(key) ?? []).filter((other) => other.versionId !== versionId);
    if (left.length === 0) this.#objects?.delete(key);
    else this.#objects?.set(key, left);
  }

  /** The current objects in the order of their keys' UTF-8 bytes. */
  list(): readonly ObjectVersion[] {
    const current = [...(this.#objects?.keys() ?? [])].flatMap((key) => this.current(key) ?? []);
    return current.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  /** Every version in the order of the keys, the newest of each first; delete markers among them. */
  listVersions(): readonly ObjectVersion[] {
    const keys = [...(this.#objects ?? [])].map(([key, all]) => ({ bytes: Buffer.from(key), all }));
    keys.sort((a, b) => Buffer.compare(a.bytes, b.bytes));
    return keys.flatMap(({ all }) => [...all].reverse());
  }

  /** Every version of every object, in no order; delete markers among them. */
  versions(): readonly ObjectVersion[] {
    return [...(this.#objects?.values() ?? [])].flat();
  }
}
