import type { KeptMaps } from '../../core/kept-maps.ts';
import { Bucket, type KeptObjects, type ObjectVersion } from './bucket.ts';

/** A bucket's properties as they are kept; its objects are records of their own. */
type KeptBucket = Pick<
  Bucket,
  | 'region'
  | 'creationDate'
  | 'profile'
  | 'tags'
  | 'versioning'
  | 'mfaDelete'
  | 'lifecycle'
  | 'notifiesEventBridge'
>;

/** The buckets that outlive the process: those of the stack and of the API, not those that are seeded. */
export interface KeptBuckets {
  has(name: string): boolean;
  /** Keeps a bucket's properties. @throws {AwsError} `InternalFailure` when the disk does not take it. */
  keep(bucket: Bucket): void;
  /** Forgets a bucket and its objects. */
  forget(name: string): void;
  /** The place where the objects of a bucket are kept. */
  objectsOf(name: string): KeptObjects;
  /** The buckets that an earlier process has kept, with their objects. */
  restore(): readonly Bucket[];
}

/** Opens the kept buckets. */
export function createKeptBuckets(maps: KeptMaps): KeptBuckets {
  const buckets = maps.map<KeptBucket>('s3/buckets');
  const objects = maps.map<ObjectVersion>('s3/objects');

  function objectsOf(name: string): KeptObjects {
    const idOf = (key: string, versionId: string): string => `${name}/${versionId}/${key}`;
    return {
      add(version) {
        const id = idOf(version.key, version.versionId);
        // The newest version comes last.
        objects.delete(id);
        objects.set(id, version);
      },
      change: (version) => void objects.set(idOf(version.key, version.versionId), version),
      remove: (key, versionId) => void objects.delete(idOf(key, versionId)),
    };
  }

  return {
    has: (name) => buckets.has(name),
    keep({ name, region, creationDate, profile, ...bucket }) {
      const { tags, versioning, mfaDelete, lifecycle, notifiesEventBridge } = bucket;
      const settings = { tags, versioning, mfaDelete, lifecycle, notifiesEventBridge };
      buckets.set(name, { region, creationDate, profile, ...settings });
    },
    forget(name) {
      if (!buckets.has(name)) return;
      for (const id of objects.keys()) if (id.startsWith(`${name}/`)) objects.delete(id);
      buckets.delete(name);
    },
    objectsOf,
    restore() {
      const restored = new Map<string, Bucket>();
      for (const [name, { region, creationDate, profile, ...settings }] of buckets) {
        const bucket = new Bucket({ name, region, creationDate, profile, kept: objectsOf(name) });
        restored.set(name, Object.assign(bucket, settings));
      }
      for (const [id, version] of objects) {
        restored.get(id.slice(0, id.indexOf('/')))?.restore(version);
      }
      return [...restored.values()];
    },
  };
}
