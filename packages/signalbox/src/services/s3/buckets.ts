import type {
  CreateBucketCommandInput,
  CreateBucketCommandOutput,
  GetBucketLocationCommandOutput,
  HeadBucketCommandOutput,
} from '@aws-sdk/client-s3';
import type { Caller } from '../../core/service.ts';
import type { BucketStore } from './bucket-store.ts';
import { checkTags, MAX_BUCKET_TAGS } from './check-tags.ts';
import {
  bucketNotEmpty,
  illegalLocationConstraint,
  invalidLocationConstraint,
  notFound,
} from './s3-errors.ts';

/** An output without the metadata that the SDK adds. */
export type S3Output<Output> = Omit<Output, '$metadata'>;

/** CreateBucket: in the Region that was asked, which must be named unless it is us-east-1. */
export function createBucket(
  store: BucketStore,
  {
    Bucket: name = '',
    CreateBucketConfiguration: configuration,
    ObjectLockEnabledForBucket: locked,
  }: CreateBucketCommandInput,
  caller: Caller,
): S3Output<CreateBucketCommandOutput> {
  const region = placeOf(configuration?.LocationConstraint, caller.region ?? store.region);
  const { Tags: given } = configuration ?? {};
  const tags = given && checkTags(given, MAX_BUCKET_TAGS);
  const isNew = store.find(name) === undefined;
  const bucket = store.add(name, region);
  if (isNew && tags !== undefined) bucket.tags = tags;
  if (isNew && locked === true) Object.assign(bucket, { versioning: 'Enabled', lock: {} });
  return { Location: `/${name}`, BucketArn: `arn:aws:s3:::${name}` };
}

/** AWS: us-east-1 takes buckets for every Region, another Region its own alone. */
function placeOf(constraint: string | undefined, asked: string): string {
  if (asked === 'us-east-1') {
    if (constraint === 'us-east-1') throw invalidLocationConstraint(constraint);
    return constraint ?? asked;
  }
  if (constraint !== asked) throw illegalLocationConstraint(constraint);
  return asked;
}

/** DeleteBucket. @throws {AwsError} `NoSuchBucket` or `BucketNotEmpty`. */
export function deleteBucket(store: BucketStore, { Bucket: name }: BucketInput): object {
  const bucket = store.get(name);
  if (!bucket.isEmpty || bucket.profile.objectCount > 0) throw bucketNotEmpty(bucket.name);
  store.remove(bucket.name);
  return {};
}

/** An input that only names a bucket. */
export interface BucketInput {
  readonly Bucket?: string | undefined;
}

/** HeadBucket. @throws {AwsError} `NotFound`. */
export function headBucket(
  store: BucketStore,
  { Bucket: name = '' }: BucketInput,
): S3Output<HeadBucketCommandOutput> {
  const bucket = store.find(name);
  if (bucket === undefined) throw notFound();
  return {
    BucketRegion: bucket.region,
    BucketArn: `arn:aws:s3:::${name}`,
    AccessPointAlias: false,
  };
}

/** GetBucketLocation: us-east-1 has none. */
export function getBucketLocation(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): S3Output<GetBucketLocationCommandOutput> {
  const { region } = store.get(name);
  const place = LOCATIONS.find((location) => location === region);
  return place === undefined ? {} : { LocationConstraint: place };
}

const LOCATIONS = [
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;
