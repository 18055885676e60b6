import { Bucket } from '../bucket.ts';
import { eventual } from '../lifecycle/eventual.ts';
import type { BucketSection } from './bucket-section.ts';

/** The defaults for buckets that do not say otherwise. */
export interface BucketDefaults {
  readonly region: string;
  readonly createdAt: Date;
}

/** Makes a bucket of what was read; those alike share their tags and rules. */
export function bucketOf(
  section: BucketSection,
  defaults: BucketDefaults,
  name = section.name,
): Bucket {
  const { lifecycle } = section;
  const bucket = new Bucket({
    name,
    region: section.region ?? defaults.region,
    creationDate: section.createdAt ?? defaults.createdAt,
    profile: {
      isOfStack: false,
      denied: section.deny,
      propagationMs: section.propagationSeconds * 1000,
      storageBytes: section.storageBytes,
      objectCount: section.objectCount,
    },
  });
  bucket.tags = section.tags;
  bucket.policy = section.policy === undefined ? undefined : JSON.stringify(section.policy);
  bucket.versioning = section.versioning;
  bucket.mfaDelete = section.mfaDelete;
  bucket.notifiesEventBridge = section.notifiesEventBridge;
  if (lifecycle !== undefined) bucket.lifecycle = eventual(lifecycle);
  return bucket;
}
