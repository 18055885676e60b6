import type { Tag } from '@aws-sdk/client-s3';
import { AwsError } from '../../../core/aws-error.ts';
import type { Json } from '../../../core/json.ts';
import { Bucket, type BucketProfile, type LifecycleConfiguration } from '../bucket.ts';
import { checkTags, MAX_BUCKET_TAGS } from '../bucket-settings.ts';
import { isBucketName } from '../bucket-store.ts';
import { eventual } from '../lifecycle/eventual.ts';
import { checkLifecycle } from '../lifecycle/lifecycle.ts';
import { readLifecycle, readRule } from '../lifecycle/read-lifecycle.ts';
import type { Members } from './members.ts';
import { STORAGE_TYPES, type StorageType } from './storage-type.ts';

/** A bucket as the file of simulated resources tells of it. */
export interface SeededBucket {
  readonly name: string;
  readonly region: string;
  readonly creationDate: Date;
  readonly tags: readonly Tag[] | undefined;
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  readonly mfaDelete: boolean;
  readonly tellsEventBridge: boolean;
  readonly lifecycle: LifecycleConfiguration | undefined;
  readonly profile: BucketProfile;
}

/** What holds for buckets that do not say otherwise. */
export interface BucketDefaults {
  readonly region: string;
  readonly createdAt: Date;
  readonly uuid: () => string;
}

/** Makes a bucket of what was read; those alike share their tags, rules and profile. */
export function bucketOf(seeded: SeededBucket, name = seeded.name): Bucket {
  const { region, creationDate, profile, lifecycle } = seeded;
  const bucket = new Bucket({ name, region, creationDate, profile });
  bucket.tags = seeded.tags;
  bucket.versioning = seeded.versioning;
  bucket.mfaDelete = seeded.mfaDelete;
  bucket.isTelling = seeded.tellsEventBridge;
  if (lifecycle !== undefined) bucket.lifecycle = eventual(lifecycle);
  return bucket;
}

/** Reads a bucket; its lifecycle must be one that S3 takes. */
export function readBucket(members: Members, defaults: BucketDefaults): SeededBucket {
  const name = members.text('name') ?? '';
  if (!isBucketName(name)) members.wrong('must be a name that S3 takes', 'name');
  const mfaDelete = members.flag('mfaDelete') ?? false;
  const lifecycle = members.object('lifecycle', (each) => lifecycleOf(each, defaults.uuid));
  if (mfaDelete && lifecycle !== undefined) {
    members.wrong('must be absent where mfaDelete is true', 'lifecycle');
  }
  return {
    name,
    region: members.text('region') ?? defaults.region,
    creationDate: members.date('createdAt') ?? defaults.createdAt,
    tags: members.object('tags', tagsOf),
    versioning: members.oneOf('versioning', ['Enabled', 'Suspended']),
    mfaDelete,
    tellsEventBridge: members.flag('tellsEventBridge') ?? false,
    lifecycle,
    profile: {
      isOfStack: false,
      denied: members.texts('deny') ?? [],
      propagationMs: (members.whole('propagationSeconds') ?? 0) * 1000,
      storageBytes: members.object('storageBytes', storageOf) ?? {},
      objectCount: members.whole('objectCount') ?? 0,
    },
  };
}

/** In the API's own spelling; beside the rules, `Repeat` stands for many that are alike. */
function lifecycleOf(members: Members, uuid: () => string): LifecycleConfiguration | undefined {
  const { Rules: rules = [], ...more } = readLifecycle(members);
  const repeated = members.object('Repeat', repeatedRules) ?? [];
  return refusedAs(members, () =>
    checkLifecycle({ ...more, Rules: [...rules, ...repeated] }, uuid),
  );
}

/** `{n}` in a rule's texts becomes 1, 2, 3 … */
function repeatedRules(members: Members) {
  const count = members.whole('count') ?? 0;
  const rule = JSON.stringify(members.json('rule') ?? null);
  return Array.from(
    { length: count },
    (_, i): Json => JSON.parse(rule.replaceAll('{n}', `${i + 1}`)),
  ).flatMap((each) => members.within(each, members.pathOf('rule'), readRule) ?? []);
}

function tagsOf(members: Members): readonly Tag[] | undefined {
  const tags = members.names().map((Key) => ({ Key, Value: members.text(Key) ?? '' }));
  return refusedAs(members, () => checkTags(tags, MAX_BUCKET_TAGS));
}

function storageOf(members: Members): Partial<Record<StorageType, number>> {
  const sizes = STORAGE_TYPES.map((type) => [type, members.whole(type)] as const);
  return Object.fromEntries(sizes.filter(([, bytes]) => bytes !== undefined));
}

/** What S3 would refuse is a problem of the file of simulated resources. */
function refusedAs<T>(members: Members, check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    members.wrong(`S3 refuses it: ${error.name}: ${error.message}`);
    return undefined;
  }
}
