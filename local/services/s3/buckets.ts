import type {
  CreateBucketCommandInput,
  CreateBucketCommandOutput,
  GetBucketLocationCommandOutput,
  HeadBucketCommandOutput,
  ListBucketsCommandInput,
  ListBucketsCommandOutput,
} from '@aws-sdk/client-s3';
import type { BucketStore } from './bucket-store.ts';
import { bucketNotEmpty, invalidArgument, notFound } from './s3-errors.ts';

/** What the SDK adds to an output. */
export type Answer<Output> = Omit<Output, '$metadata'>;

/** CreateBucket. */
export function createBucket(
  store: BucketStore,
  { Bucket: name = '', CreateBucketConfiguration: configuration }: CreateBucketCommandInput,
): Answer<CreateBucketCommandOutput> {
  const place = configuration?.LocationConstraint;
  if (place !== undefined && place !== store.region) {
    throw invalidArgument(
      `The ${place} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  store.add(name);
  return { Location: `/${name}`, BucketArn: `arn:aws:s3:::${name}` };
}

/** DeleteBucket. @throws {AwsError} `NoSuchBucket` or `BucketNotEmpty`. */
export function deleteBucket(store: BucketStore, { Bucket: name }: BucketInput): object {
  const bucket = store.get(name);
  if (!bucket.isEmpty) throw bucketNotEmpty(bucket.name);
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
): Answer<HeadBucketCommandOutput> {
  if (store.find(name) === undefined) throw notFound();
  return { BucketRegion: store.region, BucketArn: `arn:aws:s3:::${name}`, AccessPointAlias: false };
}

/** GetBucketLocation: us-east-1 has none. */
export function getBucketLocation(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): Answer<GetBucketLocationCommandOutput> {
  store.get(name);
  const place = LOCATIONS.find((location) => location === store.region);
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

const MAX_BUCKETS = 10_000;

/** ListBuckets: a page begins after the bucket that the token names. */
export function listBuckets(
  store: BucketStore,
  input: ListBucketsCommandInput,
): Answer<ListBucketsCommandOutput> {
  const { Prefix: prefix = '', ContinuationToken: token, MaxBuckets: size = MAX_BUCKETS } = input;
  if (size < 1 || size > MAX_BUCKETS) {
    throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000');
  }
  const after = token === undefined ? '' : Buffer.from(token, 'base64').toString();
  const left = store.all().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = left.slice(0, size);
  const last = page.at(-1)?.name ?? '';
  return {
    Buckets: page.map(({ name, creationDate }) => ({
      Name: name,
      CreationDate: creationDate,
      BucketRegion: store.region,
      BucketArn: `arn:aws:s3:::${name}`,
    })),
    Owner: { ID: 'rehearsal', DisplayName: 'rehearsal' },
    ...(prefix === '' ? {} : { Prefix: prefix }),
    ...(left.length > page.length
      ? { ContinuationToken: Buffer.from(last).toString('base64') }
      : {}),
  };
}
