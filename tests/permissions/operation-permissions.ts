import type { CallRecord } from '../../packages/signalbox/src/endpoint/registry.ts';
import { ACCOUNT_ID } from '../../packages/signalbox/src/runtime/read-app.ts';
import type { App } from '../../packages/signalbox/src/template/app.ts';
import type { Permission } from './permission.ts';

/** S3's name for a permission if it is not the action's own (Service Authorization Reference). */
const S3_PERMISSIONS: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBuckets',
  ListObjectsV2: 'ListBucket',
  HeadObject: 'GetObject',
  HeadBucket: 'ListBucket',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
};

/** The permissions that calls of failovers, audits and cost reviews need; undefined for the services of others. */
export function operationPermissions(
  call: CallRecord,
  app: App,
): readonly Permission[] | undefined {
  const { service, action, input, caller } = call;
  const region = caller.region ?? app.region;
  const text = (key: string): string | undefined => textOf(input, key);
  const arn = (name: string, rest: string) => `arn:aws:${name}:${region}:${ACCOUNT_ID}:${rest}`;
  const need = (resources: readonly (string | undefined)[], permission = `${service}:${action}`) =>
    resources.map((resource) => ({ action: permission, resource }));
  // Reading a whole list knows no resource.
  const isList = /^(Describe|List)/.test(action);
  switch (service) {
    case 'rds':
      return need(isList ? [undefined] : databasesOf(input, arn));
    case 'autoscaling':
      return need([isList ? undefined : groupOf(text('AutoScalingGroupName'), arn)]);
    case 'route53-recovery-cluster':
      return need(isList ? [undefined] : routingControlsOf(input));
    case 's3':
      return need(
        [bucketOf(text('Bucket'), text('Key'))],
        `s3:${S3_PERMISSIONS[action] ?? action}`,
      );
    case 'ssm':
      return need([arn('ssm', `parameter/${text('Name')?.replace(/^\//, '')}`)]);
    case 'lambda': {
      const uuid = text('UUID');
      // Functions are invoked by orders as well.
      return uuid === undefined ? undefined : need([arn('lambda', `event-source-mapping:${uuid}`)]);
    }
    case 'monitoring':
      return need([undefined], `cloudwatch:${action}`);
    case 'sts':
      return need([text('RoleArn')]);
    case 'ce':
    case 'health':
    case 'servicequotas':
    case 'route53':
      return need([undefined]);
    default:
      return undefined;
  }
}

type Arn = (service: string, rest: string) => string;

/** A cluster's own ARN, or the global cluster's and its member's, which is named by ARN. */
function databasesOf(input: object, arn: Arn): readonly string[] {
  const global = textOf(input, 'GlobalClusterIdentifier');
  if (global === undefined) {
    return [arn('rds', `cluster:${textOf(input, 'DBClusterIdentifier')}`)];
  }
  const member = textOf(input, 'TargetDbClusterIdentifier') ?? '';
  return [`arn:aws:rds::${ACCOUNT_ID}:global-cluster:${global}`, member];
}

function groupOf(name: string | undefined, arn: Arn): string {
  return arn('autoscaling', `autoScalingGroup:any:autoScalingGroupName/${name}`);
}

function routingControlsOf(input: object): readonly (string | undefined)[] {
  const one = textOf(input, 'RoutingControlArn');
  if (one !== undefined) return [one];
  const { UpdateRoutingControlStateEntries: entries } = {
    UpdateRoutingControlStateEntries: [],
    ...input,
  };
  return [entries].flat().map((entry) => textOf(Object(entry), 'RoutingControlArn'));
}

function bucketOf(bucket: string | undefined, key: string | undefined): string | undefined {
  if (bucket === undefined) return undefined;
  return `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
}

function textOf(input: object, key: string): string | undefined {
  const found: unknown = Object.entries(input).find(([name]) => name === key)?.[1];
  return typeof found === 'string' ? found : undefined;
}
