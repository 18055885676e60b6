import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { readValue } from '../../core/schema/read-value.ts';
import { invalid } from '../../core/user-error.ts';
import { type Bucket, type LifecycleConfiguration, PLAIN_PROFILE } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import { checkTags, MAX_BUCKET_TAGS } from './check-tags.ts';
import { eventual } from './lifecycle/eventual.ts';
import { checkLifecycle } from './lifecycle/lifecycle.ts';
import { LifecycleSchema } from './lifecycle/lifecycle-schema.ts';
import { readLockConfiguration } from './object-lock/lock-configuration.ts';
import { versioningIsLocked } from './object-lock/lock-refusals.ts';
import type { BucketLock } from './object-lock/object-lock.ts';
import { ObjectLockSchema } from './object-lock/object-lock-schema.ts';

/** The properties that a template gives a bucket. */
export interface BucketSettings {
  readonly name: string;
  readonly isVersioned: boolean;
  readonly notifiesEventBridge: boolean;
  /** Whether versioning was on and no longer is. */
  readonly isVersioningSuspended?: boolean | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** As JSON. */
  readonly policy?: string | undefined;
  /** In the API's own spelling, its dates as texts. */
  readonly lifecycle?: JsonObject | undefined;
  /** An ObjectLockConfiguration in the API's own spelling. */
  readonly objectLock?: JsonObject | undefined;
}

/**
 * Makes a bucket of the template, or sets one that is there to what the template says now.
 * @throws {UserError} `invalid`, when S3 refuses its name, tags or lifecycle, or it is in another Region.
 */
export function makeStackBucket(
  store: BucketStore,
  settings: BucketSettings,
  { region, uuid }: { readonly region: string; readonly uuid: () => string },
): void {
  const { name, isVersioned, isVersioningSuspended, notifiesEventBridge } = settings;
  const tags = refusedFor(name, () => tagsOf(settings));
  const lifecycle = refusedFor(name, () => lifecycleOf(settings, uuid));
  const there = store.find(name);
  const lock = refusedFor(name, () => lockOf(settings, there));
  // A name is taken in all Regions.
  const bucket = there?.region === region ? there : refusedFor(name, () => store.add(name, region));
  bucket.profile = { ...PLAIN_PROFILE, isOfStack: true };
  if (isVersioned) bucket.versioning = 'Enabled';
  else if (isVersioningSuspended) bucket.versioning = 'Suspended';
  if (lock !== undefined) Object.assign(bucket, { versioning: 'Enabled', lock });
  bucket.notifiesEventBridge = notifiesEventBridge;
  bucket.policy = settings.policy;
  bucket.tags = tags;
  bucket.lifecycle = eventual(lifecycle);
}

function tagsOf({ tags = {} }: BucketSettings) {
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return pairs.length === 0 ? undefined : checkTags(pairs, MAX_BUCKET_TAGS);
}

/** Neither a template nor a call takes object lock away again. */
function lockOf(
  { name, objectLock, isVersioningSuspended }: BucketSettings,
  there: Bucket | undefined,
): BucketLock | undefined {
  if (objectLock === undefined && there?.lock === undefined) return undefined;
  if (isVersioningSuspended) throw versioningIsLocked();
  if (objectLock === undefined) return there?.lock;
  const given = readValue(ObjectLockSchema, objectLock, `${name}.ObjectLockConfiguration`);
  if (!given.ok) throw invalid(given.problems);
  return readLockConfiguration(given.value);
}

function lifecycleOf(
  { name, lifecycle }: BucketSettings,
  uuid: () => string,
): LifecycleConfiguration | undefined {
  if (lifecycle === undefined) return undefined;
  const given = readValue(LifecycleSchema, lifecycle, `${name}.LifecycleConfiguration`);
  if (!given.ok) throw invalid(given.problems);
  return checkLifecycle(given.value, uuid);
}

function refusedFor<T>(bucket: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid([{ path: bucket, message: `S3 refuses it: ${error.name}: ${error.message}` }]);
  }
}
