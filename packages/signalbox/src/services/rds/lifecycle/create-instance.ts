import type { CreateDBInstanceMessage, CreateDBInstanceResult } from '@aws-sdk/client-rds';
import { instanceOutput } from '../describe/describe-instances.ts';
import { tagsOf } from '../describe/tag-list.ts';
import type { DbCluster, DbInstance } from '../model/databases.ts';
import { expectStatus, isSecondary, writerOf } from '../model/db-cluster.ts';
import { makeInstance } from '../model/make-databases.ts';
import { noteChange, notify, type RdsCall, type RdsContext } from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';
import {
  instanceAlreadyExists,
  invalidParameterCombination,
  invalidParameterValue,
  refuseOthers,
  required,
} from '../rds-errors.ts';
import { checkIdentifier } from './identifier.ts';

const SUPPORTED = [
  'AvailabilityZone',
  'DBClusterIdentifier',
  'DBInstanceClass',
  'DBInstanceIdentifier',
  'Engine',
  'PromotionTier',
  'Tags',
];
const ZONES = ['a', 'b', 'c'];
const DEFAULT_TIER = 1;

/**
 * Adds an instance to a cluster; the first is its writer. AWS: CreateDBInstance.
 * @throws {AwsError} `DBInstanceAlreadyExistsFault`, `DBClusterNotFoundFault`,
 * `InvalidDBClusterStateFault`; `InvalidParameterValue` and `InvalidParameterCombination`.
 */
export function createDbInstance(
  { rds, region }: RdsCall,
  input: CreateDBInstanceMessage,
): CreateDBInstanceResult {
  refuseOthers(input, SUPPORTED);
  const { DBClusterIdentifier, DBInstanceClass, PromotionTier = DEFAULT_TIER } = input;
  const identifier = checkIdentifier('DBInstanceIdentifier', input.DBInstanceIdentifier);
  if (rds.store.instancesOf(region).some((instance) => instance.identifier === identifier)) {
    throw instanceAlreadyExists();
  }
  if (DBClusterIdentifier === undefined) {
    throw invalidParameterValue(
      'The rehearsal has instances of Aurora clusters alone: name the DBClusterIdentifier',
    );
  }
  const cluster = rds.store.cluster(region, DBClusterIdentifier);
  checkEngine(cluster, required('Engine', input.Engine));
  checkTier(PromotionTier);
  // AWS: instances may be asked for while their cluster is still being created.
  expectStatus(cluster, 'available', 'creating');
  const instance = makeInstance(rds, cluster, {
    identifier,
    instanceClass: required('DBInstanceClass', DBInstanceClass),
    availabilityZone: zoneFor(cluster, input.AvailabilityZone),
    promotionTier: PromotionTier,
    createdAt: rds.clock.now(),
    tags: tagsOf(input.Tags),
    isWriter: writerOf(cluster) === undefined && !isSecondary(cluster),
    status: 'creating',
  });
  finishLater(rds, instance);
  return { DBInstance: instanceOutput(rds, instance) };
}

function finishLater(rds: RdsContext, instance: DbInstance): void {
  const { activity } = instance;
  rds.timers.after(rds.timings.createInstanceSeconds, () => {
    if (instance.activity !== activity) return;
    instance.activity = undefined;
    instance.startedAt = rds.clock.now();
    notify(rds, instance, RDS_MESSAGES.instanceCreated());
    noteChange(rds, instance.cluster);
  });
}

function checkEngine({ settings }: DbCluster, engine: string): void {
  if (engine === settings.engine) return;
  throw invalidParameterCombination(
    `The engine name requested for your DB Instance (${engine}) doesn't match the engine name of your DB Cluster (${settings.engine}).`,
  );
}

/** @throws {AwsError} `InvalidParameterValue` unless the promotion tier is 0 to 15. */
export function checkTier(tier: number): void {
  if (Number.isInteger(tier) && tier >= 0 && tier <= 15) return;
  throw invalidParameterValue(`Invalid promotion tier: ${tier}. Must be between 0 and 15`);
}

/** Takes the zone with the fewest of the cluster's instances, unless one is asked for. */
function zoneFor({ region, instances }: DbCluster, asked: string | undefined): string {
  if (asked !== undefined) {
    if (asked.startsWith(region)) return asked;
    throw invalidParameterValue(`Invalid availability zone: ${asked}`);
  }
  const taken = [...instances.values()].map(({ availabilityZone }) => availabilityZone);
  const zones = ZONES.map((letter) => `${region}${letter}`);
  const count = (zone: string) => taken.filter((other) => other === zone).length;
  return zones.toSorted((left, right) => count(left) - count(right))[0] ?? `${region}a`;
}
