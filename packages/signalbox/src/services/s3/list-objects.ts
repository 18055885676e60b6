import type {
  ListObjectsCommandInput,
  ListObjectsCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import type { ObjectVersion } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import type { S3Output } from './buckets.ts';
import { invalidArgument } from './s3-errors.ts';

const MAX_KEYS = 1_000;

/** Whose all buckets and objects are. */
export const OWNER = { ID: 'rehearsal' };

/** ListObjectsV2: in the order of the keys; with a delimiter, what lies behind it counts as one. */
export function listObjectsV2(
  store: BucketStore,
  input: ListObjectsV2CommandInput,
): S3Output<ListObjectsV2CommandOutput> {
  const { ContinuationToken: token, StartAfter: startAfter = '' } = input;
  const after = token === undefined ? startAfter : readToken(token);
  const owned = input.FetchOwner === true;
  const { asked, page, isTruncated, output, encode } = listPage(store, input, after, owned);
  return {
    ...output,
    MaxKeys: asked,
    KeyCount: page.length,
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(startAfter === '' ? {} : { StartAfter: encode(startAfter) }),
    ...(isTruncated ? { NextContinuationToken: writeToken(page.at(-1)?.name ?? '') } : {}),
  };
}

/** ListObjects: the older form, which goes on behind a marker. */
export function listObjects(
  store: BucketStore,
  input: ListObjectsCommandInput,
): S3Output<ListObjectsCommandOutput> {
  const { Marker: marker = '' } = input;
  const { asked, page, isTruncated, output, encode } = listPage(store, input, marker, true);
  return {
    ...output,
    MaxKeys: asked,
    Marker: encode(marker),
    // AWS names it only where a delimiter hides which key was the last.
    ...(isTruncated && input.Delimiter && { NextMarker: encode(page.at(-1)?.name ?? '') }),
  };
}

type ListInput = Pick<
  ListObjectsV2CommandInput,
  'Bucket' | 'Prefix' | 'Delimiter' | 'MaxKeys' | 'EncodingType'
>;

function listPage(store: BucketStore, input: ListInput, after: string, owned: boolean) {
  const bucket = store.get(input.Bucket);
  const { Prefix: prefix = '', Delimiter: delimiter = '', MaxKeys: asked = MAX_KEYS } = input;
  if (asked < 0)
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647');
  const size = Math.min(asked, MAX_KEYS);
  const entries = entriesOf(bucket.list(), prefix, delimiter).filter(({ name }) =>
    isAfter(name, after),
  );
  const page = entries.slice(0, size);
  const isTruncated = size > 0 && entries.length > size;
  const encode = encoderOf(input.EncodingType);
  const contents = page.flatMap(({ object }) => object ?? []);
  const prefixes = page.filter(({ object }) => object === undefined);
  const output = {
    Name: bucket.name,
    Prefix: encode(prefix),
    IsTruncated: isTruncated,
    ...(delimiter === '' ? {} : { Delimiter: encode(delimiter) }),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
    ...(contents.length === 0
      ? {}
      : {
          Contents: contents.map((object) => ({
            ...itemOf(object, encode),
            ...(owned && { Owner: OWNER }),
          })),
        }),
    ...(prefixes.length === 0
      ? {}
      : { CommonPrefixes: prefixes.map(({ name }) => ({ Prefix: encode(name) })) }),
  };
  return { asked, page, isTruncated, output, encode };
}

/** Encodes names in a list, where the client asks for that. */
export function encoderOf(type: string | undefined): (text: string) => string {
  return (text) => (type === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
}

/** One line of a list. */
export interface Entry {
  /** A key, or what keys have in common up to the delimiter. */
  readonly name: string;
  readonly object: ObjectVersion | undefined;
}

/** What begins with a prefix, by key; with a delimiter, what lies behind it is one entry. */
export function entriesOf(
  objects: readonly ObjectVersion[],
  prefix: string,
  delimiter: string,
): Entry[] {
  const entries: Entry[] = [];
  for (const object of objects) {
    const { key } = object;
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) {
      entries.push({ name: key, object });
      continue;
    }
    const name = key.slice(0, end + delimiter.length);
    if (entries.at(-1)?.name !== name) entries.push({ name, object: undefined });
  }
  return entries;
}

function isAfter(name: string, after: string): boolean {
  return after === '' || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;
}

function itemOf(
  { key, lastModified, eTag, body, storageClass }: ObjectVersion,
  encode: (text: string) => string,
) {
  return {
    Key: encode(key),
    LastModified: lastModified,
    ETag: eTag,
    Size: body.length,
    StorageClass: STORAGE_CLASSES.find((known) => known === storageClass) ?? 'STANDARD',
  };
}

const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
] as const;

function writeToken(name: string): string {
  return Buffer.from(`after:${name}`).toString('base64');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after:')) {
    throw invalidArgument('The continuation token provided is incorrect');
  }
  return text.slice('after:'.length);
}
