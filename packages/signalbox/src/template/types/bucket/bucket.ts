import type { PropertyReader } from '../property-reader.ts';
import type { ResourceType } from '../resource-type.ts';
import { lifecycleOf } from './bucket-lifecycle.ts';
import { objectLockOf } from './bucket-lock.ts';
import { notificationsOf } from './bucket-notifications.ts';

export const bucket: ResourceType = {
  type: 'AWS::S3::Bucket',
  nameProperty: 'BucketName',
  maxNameLength: 63,
  supported: [
    'BucketName',
    'LifecycleConfiguration',
    'NotificationConfiguration',
    'ObjectLockConfiguration',
    'ObjectLockEnabled',
    'Tags',
    'VersioningConfiguration',
  ],
  inert: [
    'AccessControl',
    'BucketEncryption',
    'IntelligentTieringConfigurations',
    'LoggingConfiguration',
    'MetricsConfigurations',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
  ],
  refused: {
    ReplicationConfiguration: 'it has one region only',
    WebsiteConfiguration: 'it serves no web sites',
  },
  identify: ({ name, stack, text }) => {
    // AWS: a generated name is in lower case, as S3 asks for.
    const bucketName = text('BucketName') === undefined ? name.toLowerCase() : name;
    const domain = `${bucketName}.s3.amazonaws.com`;
    const regional = `${bucketName}.s3.${stack.region}.amazonaws.com`;
    return {
      physicalId: bucketName,
      ref: bucketName,
      attributes: {
        Arn: `arn:aws:s3:::${bucketName}`,
        DomainName: domain,
        RegionalDomainName: regional,
      },
    };
  },
  read: ({ resource, identity, properties }) => {
    const notifications = properties.map('NotificationConfiguration');
    const targets = notificationsOf(notifications);
    const toEventBridge = notifications.map('EventBridgeConfiguration');
    const versioning = properties.map('VersioningConfiguration').text('Status');
    const lifecycle = properties.has('LifecycleConfiguration')
      ? lifecycleOf(properties.map('LifecycleConfiguration'))
      : undefined;
    const tags = tagsOf(properties);
    const objectLock = objectLockOf(properties);
    return {
      buckets: [
        {
          logicalId: resource.logicalId,
          name: identity.ref,
          arn: identity.attributes['Arn'] ?? '',
          isVersioned: versioning === 'Enabled',
          notifiesEventBridge:
            notifications.has('EventBridgeConfiguration') &&
            toEventBridge.flag('EventBridgeEnabled') !== false,
          ...(versioning === 'Suspended' ? { isVersioningSuspended: true } : {}),
          ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
          ...(lifecycle === undefined ? {} : { lifecycle }),
          ...(objectLock === undefined ? {} : { objectLock }),
          ...(targets.length === 0 ? {} : { notifications: targets }),
        },
      ],
    };
  },
};

function tagsOf(properties: PropertyReader): readonly (readonly [string, string])[] {
  return properties
    .maps('Tags')
    .map((tag) => [tag.requiredText('Key'), tag.text('Value') ?? ''] as const);
}
