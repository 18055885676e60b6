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
  | 'policy'
  | 'lock'
>;

/** A version as it is kept, with its place among all: of an object, the newest comes last. */
type KeptVersion = ObjectVersion & { readonly order?: number };

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
  const objects = maps.map<KeptVersion>('s3/objects');
  const orders = [...objects.values()].map(({ order = 0 }) => order);
  let lastOrder = orders.reduce((last, order) => Math.max(last, order), 0);

  function objectsOf(name: string): KeptObjects {
    const idOf = (key: string, versionId: string): string => `${name}/${versionId}/${key}`;
    return {
      // One record each: of two, a kill may come between.
      add(version) {
        lastOrder += 1;
        objects.set(idOf(version.key, version.versionId), { ...version, order: lastOrder });
      },
      change(version) {
        const id = idOf(version.key, version.versionId);
        const order = objects.get(id)?.order ?? 0;
        objects.set(id, { ...version, order });
      },
      remove: (key, versionId) => void objects.delete(idOf(key, versionId)),
    };
  }

  return {
    has: (name) => buckets.has(name),
    keep({ name, region, creationDate, profile, ...bucket }) {
      const { tags, versioning, mfaDelete, lifecycle, notifiesEventBridge, policy, lock } = bucket;
      const settings = {
        tags,
        versioning,
        mfaDelete,
        lifecycle,
        notifiesEventBridge,
        policy,
        lock,
      };
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
      const inOrder = [...objects].sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
      for (const [id, { order: _, ...version }] of inOrder) {
        restored.get(id.slice(0, id.indexOf('/')))?.restore(version);
      }
      return [...restored.values()];
    },
  };
}
