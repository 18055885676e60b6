import { createHash } from 'node:crypto';
import type {
  CopyObjectCommandInput,
  CopyObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
  Tag,
} from '@aws-sdk/client-s3';
import { decodeUri } from '../../core/names/decode-uri.ts';
import { type Bucket, NULL_VERSION, type ObjectVersion } from './bucket.ts';
import { checkTags } from './bucket-settings.ts';
import type { S3Output } from './buckets.ts';
import type { ObjectContext } from './object-context.ts';
import { findVersion } from './read-object.ts';
import { invalidArgument, noSuchKey, notImplemented, preconditionFailed } from './s3-errors.ts';

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

/** PutObject. */
export function putObject(
  context: ObjectContext,
  input: PutObjectCommandInput,
): S3Output<PutObjectCommandOutput> {
  const bucket = context.store.get(input.Bucket);
  refuseUnserved(input);
  checkCondition(bucket, input);
  const version = write(context, bucket, {
    key: keyOf(input.Key),
    body: bytesOf(input.Body),
    storageClass: input.StorageClass ?? 'STANDARD',
    headers: headersOf(input),
    metadata: input.Metadata ?? {},
    tags: readTagging(input.Tagging),
  });
  context.notify(bucket, version, 'PutObject');
  return { ETag: version.eTag, ServerSideEncryption: 'AES256', ...versionOf(bucket, version) };
}

/** The bucket, key and version that a CopySource names; the key is percent-encoded. */
function sourceOf({ CopySource = '' }: CopyObjectCommandInput) {
  const [written = '', versionId = ''] = CopySource.split('?versionId=');
  const path = decodeUri(written);
  if (path === undefined) throw invalidArgument('Invalid copy source encoding.');
  const [bucket = '', ...key] = path.replace(/^\//, '').split('/');
  return { bucket, key: key.join('/'), versionId: versionId || undefined };
}

/** CopyObject: of the current version, or of the one that the source names. */
export function copyObject(
  context: ObjectContext,
  input: CopyObjectCommandInput,
): S3Output<CopyObjectCommandOutput> {
  const bucket = context.store.get(input.Bucket);
  const { bucket: from, key, versionId } = sourceOf(input);
  const source = findVersion(context.store.get(from), key, versionId);
  if (source === undefined) throw noSuchKey(key);
  const isReplaced = input.MetadataDirective === 'REPLACE';
  const version = write(context, bucket, {
    key: keyOf(input.Key),
    body: source.body,
    storageClass: input.StorageClass ?? 'STANDARD',
    headers: isReplaced ? headersOf(input) : source.headers,
    metadata: isReplaced ? (input.Metadata ?? {}) : source.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? readTagging(input.Tagging) : source.tags,
  });
  context.notify(bucket, version, 'CopyObject');
  return {
    CopyObjectResult: { ETag: version.eTag, LastModified: version.lastModified },
    ServerSideEncryption: 'AES256',
    ...versionOf(bucket, version),
  };
}

type Written = Omit<ObjectVersion, 'versionId' | 'isDeleteMarker' | 'eTag' | 'lastModified'>;

function write({ store, uuid }: ObjectContext, bucket: Bucket, written: Written): ObjectVersion {
  const version = {
    ...written,
    versionId: bucket.versioning === 'Enabled' ? uuid().replaceAll('-', '') : NULL_VERSION,
    isDeleteMarker: false,
    eTag: `"${createHash('md5').update(written.body).digest('hex')}"`,
    lastModified: store.now(),
  };
  bucket.put(version);
  return version;
}

function versionOf({ versioning }: Bucket, { versionId }: ObjectVersion) {
  return versioning === 'Enabled' ? { VersionId: versionId } : {};
}

function keyOf(key = ''): string {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw invalidArgument('Your key is too long');
  return key;
}

/** Over HTTP a body is bytes; a workflow may also give any JSON. */
function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function headersOf(input: PutObjectCommandInput | CopyObjectCommandInput) {
  const given = HEADERS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]));
  return { ContentType: 'binary/octet-stream', ...Object.fromEntries(given) };
}

function readTagging(text: string | undefined): readonly Tag[] {
  const pairs = [...new URLSearchParams(text ?? '')];
  const tags = pairs.map(([key, value]) => ({ Key: key, Value: value }));
  return checkTags(tags, MAX_OBJECT_TAGS);
}

function checkCondition(bucket: Bucket, input: PutObjectCommandInput): void {
  const current = bucket.current(input.Key ?? '');
  if (input.IfNoneMatch !== undefined && current !== undefined) {
    throw preconditionFailed('If-None-Match');
  }
  if (input.IfMatch === undefined) return;
  if (current === undefined) throw noSuchKey(input.Key ?? '');
  if (unquoted(current.eTag) !== unquoted(input.IfMatch)) throw preconditionFailed('If-Match');
}

function unquoted(eTag: string): string {
  return eTag.replaceAll('"', '');
}

function refuseUnserved(input: PutObjectCommandInput): void {
  if (input.SSECustomerKey !== undefined) throw notImplemented('encryption with customer keys');
  if (input.ObjectLockMode !== undefined) throw notImplemented('object lock');
}
