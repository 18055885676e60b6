import { createHash } from 'node:crypto';
import type { PutObjectCommandInput, Tag } from '@aws-sdk/client-s3';
import { type Bucket, NULL_VERSION, type ObjectVersion } from './bucket.ts';
import { checkTags } from './check-tags.ts';
import { encryptionOf } from './encryption.ts';
import type { NewObject } from './new-object.ts';
import type { ObjectContext } from './object-context.ts';
import { type LockHeaders, readLockHeaders } from './object-lock/lock-headers.ts';
import { lockOfNew } from './object-lock/object-lock.ts';
import {
  invalidArgument,
  noSuchKey,
  notImplemented,
  notRehearsed,
  preconditionFailed,
} from './s3-errors.ts';
import { wholeSeconds } from './whole-seconds.ts';

const MAX_KEY_BYTES = 1_024;
const MAX_OBJECT_TAGS = 10;

/** Headers that come back as they were given. */
const HEADERS = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'WebsiteRedirectLocation',
] as const;

/** The members of an input that say how an object is kept. */
export type ObjectInput = Pick<
  PutObjectCommandInput,
  | (typeof HEADERS)[number]
  | 'Expires'
  | 'Key'
  | 'BucketKeyEnabled'
  | 'Metadata'
  | 'ServerSideEncryption'
  | 'SSECustomerKey'
  | 'SSEKMSKeyId'
  | 'StorageClass'
  | 'Tagging'
>;

/** Reads all of an object but its body. @throws {AwsError} `InvalidRequest` for what is not rehearsed. */
export function newObject(
  bucket: Bucket,
  input: ObjectInput & LockHeaders,
  now: Date,
): Omit<NewObject, 'body' | 'eTag'> {
  if (input.SSECustomerKey !== undefined) throw notRehearsed('encryption with customer keys');
  return {
    key: keyOf(input.Key),
    storageClass: input.StorageClass ?? 'STANDARD',
    headers: headersOf(input),
    metadata: input.Metadata ?? {},
    tags: readTagging(input.Tagging),
    encryption: encryptionOf(input),
    lock: readLockHeaders(bucket, input, now),
  };
}

/** Writes an object as the newest version of its key. */
export function writeObject(
  { store, uuid }: ObjectContext,
  bucket: Bucket,
  { eTag, ...written }: NewObject,
): ObjectVersion {
  const now = store.now();
  const version = {
    ...written,
    lock: lockOfNew(written.lock, bucket.lock, now),
    versionId: bucket.versioning === 'Enabled' ? uuid().replaceAll('-', '') : NULL_VERSION,
    isDeleteMarker: false,
    eTag: eTag ?? `"${createHash('md5').update(written.body).digest('hex')}"`,
    lastModified: wholeSeconds(now),
  };
  bucket.put(version);
  return version;
}

/** The version of an object as an output names it, where the bucket has versions. */
export function versionOf({ versioning }: Bucket, { versionId }: ObjectVersion) {
  return versioning === 'Enabled' ? { VersionId: versionId } : {};
}

/** Over HTTP a body is bytes; a workflow may also give any JSON. */
export function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Checks whether an object may be written over what is there. */
export function checkWriteCondition(
  bucket: Bucket,
  input: Pick<PutObjectCommandInput, 'Key' | 'IfMatch' | 'IfNoneMatch'>,
): void {
  const current = bucket.current(input.Key ?? '');
  checkConditionHeaders(input);
  if (input.IfNoneMatch !== undefined) {
    if (current !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (input.IfMatch === undefined) return;
  if (current === undefined) throw noSuchKey(input.Key ?? '');
  if (unquoted(current.eTag) !== unquoted(input.IfMatch)) throw preconditionFailed('If-Match');
}

/** AWS, recorded: one condition of a write, of the value that makes sense. */
function checkConditionHeaders({
  IfMatch,
  IfNoneMatch,
}: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>): void {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    throw notImplemented(
      'If-Match,If-None-Match',
      'Multiple conditional request headers present in the request',
    );
  }
  const isOdd = IfMatch === '*' || (IfNoneMatch !== undefined && IfNoneMatch !== '*');
  if (!isOdd) return;
  const header = IfMatch === undefined ? 'If-None-Match' : 'If-Match';
  throw notImplemented(
    header,
    `We don't accept the provided value of ${header} header for this API`,
  );
}

function unquoted(eTag: string): string {
  return eTag.replaceAll('"', '');
}

function keyOf(key = ''): string {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw invalidArgument('Your key is too long');
  return key;
}

function headersOf(input: ObjectInput): Readonly<Record<string, string>> {
  const given = HEADERS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]));
  return {
    ContentType: 'binary/octet-stream',
    ...Object.fromEntries(given),
    ...(input.Expires !== undefined && { Expires: input.Expires.toISOString() }),
  };
}

function readTagging(text: string | undefined): readonly Tag[] {
  const pairs = [...new URLSearchParams(text ?? '')];
  const tags = pairs.map(([key, value]) => ({ Key: key, Value: value }));
  return checkTags(tags, MAX_OBJECT_TAGS);
}
