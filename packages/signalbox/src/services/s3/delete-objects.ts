import type {
  DeletedObject,
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
} from '@aws-sdk/client-s3';
import { type Bucket, NULL_VERSION } from './bucket.ts';
import type { S3Output } from './buckets.ts';
import type { ObjectContext } from './object-context.ts';
import { malformedXml } from './s3-errors.ts';

const MAX_OBJECTS = 1_000;

/** DeleteObject: does not mind an object that is not there; with versioning it leaves a marker. */
export function deleteObject(
  context: ObjectContext,
  { Bucket: name, Key: key = '', VersionId: versionId }: DeleteObjectCommandInput,
): S3Output<DeleteObjectCommandOutput> {
  const { marker, markedId } = remove(context, context.store.get(name), key, versionId);
  return {
    ...(marker ? { DeleteMarker: true } : {}),
    ...(markedId === undefined ? {} : { VersionId: markedId }),
  };
}

/** DeleteObjects: up to 1,000 at once. */
export function deleteObjects(
  context: ObjectContext,
  { Bucket: name, Delete: given }: DeleteObjectsCommandInput,
): S3Output<DeleteObjectsCommandOutput> {
  const bucket = context.store.get(name);
  const objects = given?.Objects ?? [];
  if (objects.length === 0 || objects.length > MAX_OBJECTS) throw malformedXml();
  const deleted = objects.map(({ Key: key = '', VersionId: versionId }): DeletedObject => {
    const { marker, markedId } = remove(context, bucket, key, versionId);
    return {
      Key: key,
      ...(versionId === undefined ? {} : { VersionId: versionId }),
      ...(marker ? { DeleteMarker: true, DeleteMarkerVersionId: markedId } : {}),
    };
  });
  return given?.Quiet === true ? {} : { Deleted: deleted };
}

function remove(
  { store, uuid }: ObjectContext,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): { readonly marker: boolean; readonly markedId: string | undefined } {
  if (versionId !== undefined) {
    const marker = bucket.version(key, versionId)?.isDeleteMarker === true;
    bucket.remove(key, versionId);
    return { marker, markedId: versionId };
  }
  if (bucket.versioning === undefined) {
    bucket.remove(key, NULL_VERSION);
    return { marker: false, markedId: undefined };
  }
  const markedId = bucket.versioning === 'Enabled' ? uuid().replaceAll('-', '') : NULL_VERSION;
  bucket.put({
    key,
    versionId: markedId,
    isDeleteMarker: true,
    body: new Uint8Array(),
    eTag: '',
    lastModified: store.now(),
    storageClass: 'STANDARD',
    headers: {},
    metadata: {},
    tags: [],
  });
  return { marker: true, markedId };
}
