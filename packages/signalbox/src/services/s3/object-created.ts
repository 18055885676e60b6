import type { JsonObject } from '../../core/json.ts';
import type { Bucket, ObjectVersion } from './bucket.ts';

/** An event that S3 sends to the default bus. */
export interface S3Event {
  readonly source: 'aws.s3';
  readonly detailType: 'Object Created';
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
}

/** Writes the event of a new object. AWS: "EventBridge event message structure" of the S3 user guide. */
export function objectCreated(
  { name }: Bucket,
  { key, body, eTag, versionId, lastModified }: ObjectVersion,
  about: { readonly reason: string; readonly requester: string; readonly requestId: string },
): S3Event {
  return {
    source: 'aws.s3',
    detailType: 'Object Created',
    resources: [`arn:aws:s3:::${name}`],
    time: lastModified,
    detail: {
      version: '0',
      bucket: { name },
      object: {
        key,
        size: body.length,
        etag: eTag.replaceAll('"', ''),
        ...(versionId === 'null' ? {} : { 'version-id': versionId }),
        sequencer: lastModified.getTime().toString(16).toUpperCase().padStart(18, '0'),
      },
      'request-id': about.requestId,
      requester: about.requester,
      'source-ip-address': '127.0.0.1',
      reason: about.reason,
    },
  };
}
