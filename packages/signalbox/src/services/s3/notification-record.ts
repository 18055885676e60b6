import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { S3Event } from './object-event.ts';

/** What happened to an object, as a notification to a function, queue or topic says it. */
export interface NotificationRecord {
  readonly bucket: string;
  readonly key: string;
  /** Such as `ObjectCreated:Put`. */
  readonly eventName: string;
  /** An item of `Records`. */
  readonly record: JsonObject;
}

/** The names of notifications by what EventBridge says of the same. */
const NAMES: Readonly<Record<string, string>> = {
  PutObject: 'ObjectCreated:Put',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
  'Permanently Deleted': 'ObjectRemoved:Delete',
  'Delete Marker Created': 'ObjectRemoved:DeleteMarkerCreated',
  'Object Tags Added': 'ObjectTagging:Put',
  'Object Tags Deleted': 'ObjectTagging:Delete',
};

/**
 * Writes an event as a record of a notification.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function notificationRecord({
  detail,
  detailType,
  time,
  region: awsRegion,
}: S3Event): NotificationRecord {
  const object = isJsonObject(detail['object']) ? detail['object'] : {};
  const owner = isJsonObject(detail['bucket']) ? detail['bucket'] : {};
  const bucket = String(owner['name']);
  const key = String(object['key']);
  const why = String(detail['deletion-type'] ?? detail['reason'] ?? detailType);
  const eventName = NAMES[why] ?? why;
  const { size, etag: eTag, sequencer, 'version-id': versionId } = object;
  const principalId = String(detail['requester']);
  const record: JsonObject = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion,
    eventTime: time.toISOString(),
    eventName,
    userIdentity: { principalId },
    requestParameters: { sourceIPAddress: detail['source-ip-address'] ?? '127.0.0.1' },
    responseElements: { 'x-amz-request-id': detail['request-id'] ?? '' },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'notification',
      bucket: { name: bucket, ownerIdentity: { principalId }, arn: `arn:aws:s3:::${bucket}` },
      object: {
        // AWS: the key is encoded as in a form.
        key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
        ...(size === undefined ? {} : { size }),
        ...(eTag === undefined ? {} : { eTag }),
        ...(versionId === undefined ? {} : { versionId }),
        sequencer: sequencer ?? '',
      },
    },
  };
  return { bucket, key, eventName, record };
}
