import type { LifecycleRule, Tag } from '@aws-sdk/client-s3';

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
  tags: readonly Tag[];
}

/** What S3 calls the version of an object that has none. */
export const NULL_VERSION = 'null';

/** A bucket and what is in it. */
export class Bucket {
  readonly name: string;
  readonly creationDate: Date;
  tags: readonly Tag[] | undefined;
  versioning: 'Enabled' | 'Suspended' | undefined;
  lifecycle: readonly LifecycleRule[] | undefined;
  /** Whether it tells EventBridge. */
  isTelling = false;
  /** The newest version of an object comes last. */
  readonly #objects = new Map<string, ObjectVersion[]>();

  constructor(name: string, creationDate: Date) {
    this.name = name;
    this.creationDate = creationDate;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  /** The current version of an object; undefined where there is none, or a delete marker. */
  current(key: string): ObjectVersion | undefined {
    const latest = this.latest(key);
    return latest?.isDeleteMarker === true ? undefined : latest;
  }

  latest(key: string): ObjectVersion | undefined {
    return this.#objects.get(key)?.at(-1);
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.#objects.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Adds a version; one with the same id gives way. */
  put(version: ObjectVersion): void {
    const { key, versionId } = version;
    const others = (this.#objects.get(key) ?? []).filter((other) => other.versionId !== versionId);
    this.#objects.set(key, [...others, version]);
  }

  /** Takes one version away for good. */
  remove(key: string, versionId: string): void {
    const left = (this.#objects.get(key) ?? []).filter((other) => other.versionId !== versionId);
    if (left.length === 0) this.#objects.delete(key);
    else this.#objects.set(key, left);
  }

  /** The current objects in the order of their keys' UTF-8 bytes. */
  list(): readonly ObjectVersion[] {
    const current = [...this.#objects.keys()].flatMap((key) => this.current(key) ?? []);
    return current.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }
}
