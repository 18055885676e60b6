import type {
  DBInstance,
  DBInstanceMessage,
  DescribeDBInstancesMessage,
} from '@aws-sdk/client-rds';
import { hostPartOf } from '../model/arn.ts';
import type { DbInstance } from '../model/databases.ts';
import { instanceStatus } from '../model/db-instance.ts';
import type { RdsCall, RdsContext } from '../model/rds-context.ts';
import { type Filterable, keepFiltered, pageOfRecords } from './page.ts';
import { tagList } from './tag-list.ts';

const FILTERS: Filterable<DbInstance> = {
  'db-cluster-id': ({ cluster }) => [cluster.identifier, cluster.arn],
  'db-instance-id': ({ identifier, arn }) => [identifier, arn],
  'dbi-resource-id': ({ resourceId }) => [resourceId],
  engine: ({ cluster }) => [cluster.settings.engine],
};

/**
 * Describes an instance, or those that fit.
 * @throws {AwsError} `DBInstanceNotFoundFault`; `InvalidParameterValue` for an unknown filter.
 */
export function describeDbInstances(
  { rds, region }: RdsCall,
  input: DescribeDBInstancesMessage,
): DBInstanceMessage {
  const { DBInstanceIdentifier } = input;
  const named =
    DBInstanceIdentifier === undefined
      ? rds.store.instancesOf(region)
      : [rds.store.instance(region, DBInstanceIdentifier)];
  const { members, marker } = pageOfRecords(keepFiltered(named, input.Filters, FILTERS), input);
  return { DBInstances: members.map((instance) => instanceOutput(rds, instance)), ...marker };
}

/** Writes an instance as RDS describes it. */
export function instanceOutput(rds: RdsContext, instance: DbInstance): DBInstance {
  const { identifier, cluster } = instance;
  const { region, settings } = cluster;
  const status = instanceStatus(instance);
  const host = `${hostPartOf({ region, accountId: rds.accountId })}.${region}.rds.amazonaws.com`;
  return {
    DBInstanceIdentifier: identifier,
    DBInstanceArn: instance.arn,
    DbiResourceId: instance.resourceId,
    DBInstanceStatus: status,
    DBInstanceClass: instance.instanceClass,
    DBClusterIdentifier: cluster.identifier,
    Engine: settings.engine,
    EngineVersion: settings.engineVersion,
    MasterUsername: settings.masterUsername,
    // AWS: an instance that is being created has no endpoint yet.
    ...(status !== 'creating' && {
      Endpoint: { Address: `${identifier}.${host}`, Port: settings.port },
    }),
    AvailabilityZone: instance.availabilityZone,
    PromotionTier: instance.promotionTier,
    InstanceCreateTime: instance.createdAt,
    MultiAZ: false,
    StorageType: 'aurora',
    StorageEncrypted: settings.isEncrypted,
    TagList: tagList(instance.tags),
  };
}
