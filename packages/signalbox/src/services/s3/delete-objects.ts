import type {
  DeletedObject,
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  _Error as S3Error,
} from '@aws-sdk/client-s3';
import { type Bucket, NULL_VERSION, type ObjectVersion } from './bucket.ts';
import type { S3Output } from './buckets.ts';
import type { ObjectContext } from './object-context.ts';
import { checkBypass, isProtected } from './object-lock/lock-refusals.ts';
import { isLocked } from './object-lock/object-lock.ts';
import { malformedXml, preconditionFailed } from './s3-errors.ts';
import { wholeSeconds } from './whole-seconds.ts';

const MAX_OBJECTS = 1_000;
const PERMANENTLY = { type: 'Object Deleted', deletion: 'Permanently Deleted' } as const;

/** DeleteObject: does not mind an object that is not there; with versioning it leaves a marker. */
export function deleteObject(
  context: ObjectContext,
  input: DeleteObjectCommandInput,
): S3Output<DeleteObjectCommandOutput> {
  const { Key: key = '', VersionId: versionId, BypassGovernanceRetention: bypass } = input;
  const bucket = context.store.get(input.Bucket);
  checkBypass(bucket, bypass);
  if (!isMatch(bucket.current(key), input.IfMatch)) throw preconditionFailed('If-Match');
  if (isHeld(context, bucket, key, versionId, bypass)) throw isProtected();
  const { marker, markedId } = remove(context, bucket, key, versionId);
  return {
    ...(marker ? { DeleteMarker: true } : {}),
    ...(markedId === undefined ? {} : { VersionId: markedId }),
  };
}

/** DeleteObjects: up to 1,000 at once. */
export function deleteObjects(
  context: ObjectContext,
  input: DeleteObjectsCommandInput,
): S3Output<DeleteObjectsCommandOutput> {
  const { Delete: given, BypassGovernanceRetention: bypass } = input;
  const bucket = context.store.get(input.Bucket);
  checkBypass(bucket, bypass);
  const objects = given?.Objects ?? [];
  if (objects.length === 0 || objects.length > MAX_OBJECTS) throw malformedXml();
  const deleted: DeletedObject[] = [];
  const errors: S3Error[] = [];
  for (const { Key: key = '', VersionId: versionId, ETag: match } of objects) {
    const named = { Key: key, ...(versionId === undefined ? {} : { VersionId: versionId }) };
    if (isHeld(context, bucket, key, versionId, bypass)) {
      const { name, message } = isProtected();
      errors.push({ ...named, Code: name, Message: message });
      continue;
    }
    if (!isMatch(bucket.current(key), match)) {
      const { name, message } = preconditionFailed('If-Match');
      errors.push({ ...named, Code: name, Message: message });
      continue;
    }
    const { marker, markedId } = remove(context, bucket, key, versionId);
    deleted.push({
      ...named,
      ...(marker ? { DeleteMarker: true, DeleteMarkerVersionId: markedId } : {}),
    });
  }
  return {
    ...(given?.Quiet === true ? {} : { Deleted: deleted }),
    ...(errors.length > 0 && { Errors: errors }),
  };
}

/** Only a version is held: whoever names none leaves a marker, and the versions stay. */
function isHeld(
  { store }: ObjectContext,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  bypass = false,
): boolean {
  if (versionId === undefined) return false;
  return isLocked(bucket.version(key, versionId)?.lock, store.now(), bypass);
}

function isMatch(current: ObjectVersion | undefined, match: string | undefined): boolean {
  if (match === undefined || current === undefined) return true;
  return match === '*' || match.replaceAll('"', '') === current.eTag.replaceAll('"', '');
}

function remove(
  { store, uuid, notify }: ObjectContext,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): { readonly marker: boolean; readonly markedId: string | undefined } {
  if (versionId !== undefined) {
    const version = bucket.version(key, versionId);
    bucket.remove(key, versionId);
    if (version !== undefined) notify(bucket, version, PERMANENTLY);
    return { marker: version?.isDeleteMarker === true, markedId: versionId };
  }
  if (bucket.versioning === undefined) {
    const version = bucket.current(key);
    bucket.remove(key, NULL_VERSION);
    if (version !== undefined) notify(bucket, version, PERMANENTLY);
    return { marker: false, markedId: undefined };
  }
  const markedId = bucket.versioning === 'Enabled' ? uuid().replaceAll('-', '') : NULL_VERSION;
  const marker = {
    key,
    versionId: markedId,
    isDeleteMarker: true,
    body: new Uint8Array(),
    eTag: '',
    lastModified: wholeSeconds(store.now()),
    storageClass: 'STANDARD',
    headers: {},
    metadata: {},
    tags: [],
  };
  bucket.put(marker);
  notify(bucket, marker, { type: 'Object Deleted', deletion: 'Delete Marker Created' });
  return { marker: true, markedId };
}
