import type {
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import type { ObjectVersion } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import type { S3Output } from './buckets.ts';
import { encoderOf, entriesOf } from './list-objects.ts';

const MAX_KEYS = 1_000;

/** ListObjectVersions: by key, and of one key the newest first; delete markers among them. */
export function listObjectVersions(
  store: BucketStore,
  input: ListObjectVersionsCommandInput,
): S3Output<ListObjectVersionsCommandOutput> {
  const bucket = store.get(input.Bucket);
  const { Prefix: prefix = '', Delimiter: delimiter = '' } = input;
  const { KeyMarker: keyMarker = '', VersionIdMarker: versionIdMarker } = input;
  const { MaxKeys: size = MAX_KEYS } = input;
  const encode = encoderOf(input.EncodingType);
  const latest = (version: ObjectVersion) => bucket.latest(version.key) === version;
  const entries = entriesOf(bucket.listVersions(), prefix, delimiter);
  const left = entries.slice(startOf(entries, keyMarker, versionIdMarker));
  const page = left.slice(0, Math.min(size, MAX_KEYS));
  const last = left.length > page.length ? page.at(-1) : undefined;
  const versions = page.flatMap(({ object }) => object ?? []);
  const common = page.filter(({ object }) => object === undefined);
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionIdMarker ?? '',
    MaxKeys: size,
    IsTruncated: last !== undefined,
    ...(delimiter === '' ? {} : { Delimiter: encode(delimiter) }),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
    ...(last && {
      NextKeyMarker: encode(last.name),
      ...(last.object && { NextVersionIdMarker: last.object.versionId }),
    }),
    Versions: versions
      .filter(({ isDeleteMarker }) => !isDeleteMarker)
      .map((version) => ({
        ...nameOf(version, encode),
        IsLatest: latest(version),
        ETag: version.eTag,
        Size: version.body.length,
        // The model of this output knows no other.
        StorageClass: 'STANDARD',
      })),
    DeleteMarkers: versions
      .filter(({ isDeleteMarker }) => isDeleteMarker)
      .map((version) => ({ ...nameOf(version, encode), IsLatest: latest(version) })),
    CommonPrefixes: common.map(({ name }) => ({ Prefix: encode(name) })),
  };
}

function nameOf({ key, versionId, lastModified }: ObjectVersion, encode: (text: string) => string) {
  return { Key: encode(key), VersionId: versionId, LastModified: lastModified };
}

function startOf(
  entries: ReturnType<typeof entriesOf>,
  keyMarker: string,
  versionIdMarker: string | undefined,
): number {
  if (keyMarker === '') return 0;
  const marked = entries.findIndex(
    ({ name, object }) => name === keyMarker && object?.versionId === versionIdMarker,
  );
  if (marked >= 0) return marked + 1;
  const next = entries.findIndex(
    ({ name }) => Buffer.compare(Buffer.from(name), Buffer.from(keyMarker)) > 0,
  );
  return next < 0 ? entries.length : next;
}
