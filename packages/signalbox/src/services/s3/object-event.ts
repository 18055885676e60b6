import type { JsonObject } from '../../core/json.ts';
import type { Bucket, ObjectVersion } from './bucket.ts';

/** What happened to an object, as EventBridge is notified of it. */
export type ObjectOccurrence =
  | {
      readonly type: 'Object Created';
      readonly reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';
    }
  | {
      readonly type: 'Object Deleted';
      readonly deletion: 'Permanently Deleted' | 'Delete Marker Created';
    }
  | { readonly type: 'Object Tags Added' | 'Object Tags Deleted' };

/** An event that S3 sends to the default bus. */
export interface S3Event {
  readonly source: 'aws.s3';
  readonly detailType: ObjectOccurrence['type'];
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
  /** The Region of the bucket, whose default bus it comes to. */
  readonly region: string;
}

/** Writes an event. AWS: "EventBridge event message structure" of the S3 user guide. */
export function objectEvent(
  { name, region }: Bucket,
  version: ObjectVersion,
  occurrence: ObjectOccurrence,
  about: { readonly time: Date; readonly requester: string; readonly requestId: string },
): S3Event {
  const { time, requester, requestId } = about;
  return {
    source: 'aws.s3',
    detailType: occurrence.type,
    resources: [`arn:aws:s3:::${name}`],
    time,
    region,
    detail: {
      version: '0',
      bucket: { name },
      object: {
        key: version.key,
        ...(occurrence.type === 'Object Created' && { size: version.body.length }),
        ...(version.eTag !== '' && { etag: version.eTag.replaceAll('"', '') }),
        ...(version.versionId === 'null' ? {} : { 'version-id': version.versionId }),
        ...('reason' in occurrence || 'deletion' in occurrence ? { sequencer: orderOf(time) } : {}),
      },
      'request-id': requestId,
      requester,
      'source-ip-address': '127.0.0.1',
      ...reasonOf(occurrence),
    },
  };
}

function orderOf(time: Date): string {
  return time.getTime().toString(16).toUpperCase().padStart(18, '0');
}

function reasonOf(occurrence: ObjectOccurrence): JsonObject {
  if ('reason' in occurrence) return { reason: occurrence.reason };
  if (!('deletion' in occurrence)) return {};
  return { reason: 'DeleteObject', 'deletion-type': occurrence.deletion };
}
