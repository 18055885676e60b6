import type { ListBucketsCommandInput, ListBucketsCommandOutput } from '@aws-sdk/client-s3';
import type { Caller } from '../../core/service.ts';
import type { Bucket } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import type { S3Output } from './buckets.ts';
import { OWNER } from './list-objects.ts';
import { invalidArgument } from './s3-errors.ts';

const MAX_BUCKETS = 10_000;

/** ListBuckets: a page begins after the bucket that the token names; Regions are returned to whoever asks for a part. */
export function listBuckets(
  store: BucketStore,
  input: ListBucketsCommandInput,
  caller: Caller,
): S3Output<ListBucketsCommandOutput> {
  const { Prefix: prefix = '', BucketRegion: region, ContinuationToken: token } = input;
  checkRegion(region, caller.region ?? store.region);
  const size = input.MaxBuckets ?? MAX_BUCKETS;
  if (!Number.isInteger(size) || size < 1 || size > MAX_BUCKETS) {
    throw invalidArgument(
      'Argument max-buckets must be an integer between 1 and 10000',
      'max-buckets',
    );
  }
  const isWanted = (bucket: Bucket): boolean =>
    bucket.name.startsWith(prefix) && (region === undefined || bucket.region === region);
  const { page, hasMore } = pageAfter(store, token, size, isWanted);
  const showsRegions = [input.MaxBuckets, input.Prefix, region, token].some(
    (parameter) => parameter !== undefined,
  );
  return {
    Buckets: page.map(({ name, creationDate, region: bucketRegion }) => ({
      Name: name,
      CreationDate: creationDate,
      ...(showsRegions ? { BucketRegion: bucketRegion } : {}),
    })),
    Owner: OWNER,
    ...(prefix === '' ? {} : { Prefix: prefix }),
    ...(hasMore ? { ContinuationToken: tokenAfter(page) } : {}),
  };
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** AWS: whoever limits the list to a Region must ask that Region's endpoint. */
function checkRegion(region: string | undefined, asked: string): void {
  if (region === undefined || region === asked) return;
  throw invalidArgument(
    REGION.test(region)
      ? 'Requests with bucket-region specified must be made to the corresponding regional endpoint'
      : `Argument value ${region} is not a valid AWS Region`,
    'bucket-region',
  );
}

function pageAfter(
  store: BucketStore,
  token: string | undefined,
  size: number,
  isWanted: (bucket: Bucket) => boolean,
): { readonly page: readonly Bucket[]; readonly hasMore: boolean } {
  const buckets = store.all();
  const page: Bucket[] = [];
  const from = token === undefined ? 0 : store.placeAfter(nameIn(token));
  for (let place = from; place < buckets.length; place += 1) {
    const bucket = buckets[place];
    if (bucket === undefined || !isWanted(bucket)) continue;
    if (page.length === size) return { page, hasMore: true };
    page.push(bucket);
  }
  return { page, hasMore: false };
}

const TOKEN = 'bucket:';

function tokenAfter(page: readonly Bucket[]): string {
  return Buffer.from(`${TOKEN}${page.at(-1)?.name ?? ''}`).toString('base64');
}

function nameIn(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (text.startsWith(TOKEN)) return text.slice(TOKEN.length);
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
}
