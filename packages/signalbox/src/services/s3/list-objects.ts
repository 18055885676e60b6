import type { ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import type { ObjectVersion } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import type { S3Output } from './buckets.ts';
import { invalidArgument } from './s3-errors.ts';

const MAX_KEYS = 1_000;

/** ListObjectsV2: in the order of the keys; with a delimiter, what lies behind it counts as one. */
export function listObjectsV2(
  store: BucketStore,
  input: ListObjectsV2CommandInput,
): S3Output<ListObjectsV2CommandOutput> {
  const bucket = store.get(input.Bucket);
  const { Prefix: prefix = '', Delimiter: delimiter = '', ContinuationToken: token } = input;
  const { MaxKeys: asked = MAX_KEYS, StartAfter: startAfter = '' } = input;
  if (asked < 0)
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647');
  const size = Math.min(asked, MAX_KEYS);
  const after = token === undefined ? startAfter : readToken(token);
  const entries = entriesOf(bucket.list(), prefix, delimiter).filter(({ name }) =>
    isAfter(name, after),
  );
  const page = entries.slice(0, size);
  const isTruncated = size > 0 && entries.length > size;
  const encode = (text: string): string =>
    input.EncodingType === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text;
  const contents = page.flatMap(({ object }) => object ?? []);
  const prefixes = page.filter(({ object }) => object === undefined);
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    MaxKeys: asked,
    KeyCount: page.length,
    IsTruncated: isTruncated,
    ...(delimiter === '' ? {} : { Delimiter: encode(delimiter) }),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(startAfter === '' ? {} : { StartAfter: encode(startAfter) }),
    ...(isTruncated ? { NextContinuationToken: writeToken(page.at(-1)?.name ?? '') } : {}),
    ...(contents.length === 0
      ? {}
      : { Contents: contents.map((object) => itemOf(object, encode)) }),
    ...(prefixes.length === 0
      ? {}
      : { CommonPrefixes: prefixes.map(({ name }) => ({ Prefix: encode(name) })) }),
  };
}

interface Entry {
  /** A key, or what keys have in common up to the delimiter. */
  readonly name: string;
  readonly object: ObjectVersion | undefined;
}

function entriesOf(objects: readonly ObjectVersion[], prefix: string, delimiter: string): Entry[] {
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
