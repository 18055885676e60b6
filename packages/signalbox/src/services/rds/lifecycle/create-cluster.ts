import type { CreateDBClusterMessage, CreateDBClusterResult } from '@aws-sdk/client-rds';
import { ownMember } from '../../../core/names/own-member.ts';
import { clusterOutput } from '../describe/describe-clusters.ts';
import { tagsOf } from '../describe/tag-list.ts';
import type { GlobalCluster } from '../model/databases.ts';
import { beginActivity, ENGINE_PORTS, endActivity, expectStatus } from '../model/db-cluster.ts';
import { expectGlobalAvailable, primaryOf } from '../model/global-cluster.ts';
import { joinGlobal, makeCluster } from '../model/make-databases.ts';
import { noteChange, notify, type RdsCall } from '../model/rds-context.ts';
import { RDS_MESSAGES } from '../model/rds-messages.ts';
import {
  clusterAlreadyExists,
  globalClusterNotFound,
  invalidParameterCombination,
  invalidParameterValue,
  refuseOthers,
  required,
} from '../rds-errors.ts';
import { checkIdentifier } from './identifier.ts';

const SUPPORTED = [
  'BackupRetentionPeriod',
  'DBClusterIdentifier',
  'DatabaseName',
  'DeletionProtection',
  'Engine',
  'EngineVersion',
  'GlobalClusterIdentifier',
  'ManageMasterUserPassword',
  'MasterUserPassword',
  'MasterUsername',
  'Port',
  'StorageEncrypted',
  'Tags',
];

/** Aurora versions that a cluster gets when none is named. */
export const DEFAULT_VERSIONS: Readonly<Record<string, string>> = {
  'aurora-mysql': '8.0.mysql_aurora.3.10.0',
  'aurora-postgresql': '17.4',
};

/** The load of clusters for which the file of simulated resources names none. */
export const USUAL_LOAD = {
  connections: { writer: 40, reader: 20 },
  replicaLagMs: 20,
  globalLagMs: 200,
} as const;

/**
 * Creates a cluster without instances, on its own or as a secondary of a global cluster.
 * AWS: CreateDBCluster.
 * @throws {AwsError} `DBClusterAlreadyExistsFault`, `GlobalClusterNotFoundFault`;
 * `InvalidParameterValue` and `InvalidParameterCombination` for what does not fit.
 */
export function createDbCluster(
  { rds, region }: RdsCall,
  input: CreateDBClusterMessage,
): CreateDBClusterResult {
  refuseOthers(input, SUPPORTED);
  const identifier = checkIdentifier('DBClusterIdentifier', input.DBClusterIdentifier);
  if (rds.store.clustersOf(region).some((cluster) => cluster.identifier === identifier)) {
    throw clusterAlreadyExists();
  }
  const global =
    input.GlobalClusterIdentifier === undefined
      ? undefined
      : globalToJoin(rds.store.globals, input.GlobalClusterIdentifier, input);
  const cluster = makeCluster(rds, {
    ...USUAL_LOAD,
    region,
    identifier,
    settings: settingsOf(input, global),
    createdAt: rds.clock.now(),
    tags: tagsOf(input.Tags),
  });
  cluster.isProtected = input.DeletionProtection ?? false;
  cluster.backupRetentionDays = input.BackupRetentionPeriod ?? 1;
  if (global !== undefined) joinGlobal(global, cluster, rds.clock.now());
  const activity = beginActivity(cluster, 'creating');
  rds.timers.after(rds.timings.createClusterSeconds, () => {
    if (!endActivity(cluster, activity)) return;
    notify(rds, cluster, RDS_MESSAGES.clusterCreated());
    noteChange(rds, cluster);
  });
  return { DBCluster: clusterOutput(rds, cluster) };
}

function globalToJoin(
  globals: ReadonlySet<GlobalCluster>,
  identifier: string,
  { MasterUsername, MasterUserPassword }: CreateDBClusterMessage,
): GlobalCluster {
  const global = [...globals].find((one) => one.identifier === identifier.toLowerCase());
  // AWS: a secondary is created in a Region that holds no member yet, so that all Regions know the name.
  if (global === undefined) throw globalClusterNotFound(identifier);
  if (MasterUsername !== undefined || MasterUserPassword !== undefined) {
    throw invalidParameterCombination(
      'Cannot specify user name for cross region replication cluster',
    );
  }
  expectGlobalAvailable(global);
  const primary = primaryOf(global);
  if (primary !== undefined) expectStatus(primary.cluster, 'available');
  return global;
}

function settingsOf(input: CreateDBClusterMessage, global: GlobalCluster | undefined) {
  const engine = required('Engine', input.Engine);
  const usualPort = ownMember(ENGINE_PORTS, engine);
  if (usualPort === undefined) {
    throw invalidParameterValue(
      `The rehearsal does not support engine ${engine}: use ${Object.keys(ENGINE_PORTS).join(' or ')}`,
    );
  }
  const primary = global === undefined ? undefined : primaryOf(global)?.cluster.settings;
  if (primary !== undefined && primary.engine !== engine) {
    throw invalidParameterCombination(
      `The engine ${engine} is not that of the global cluster, which is ${primary.engine}.`,
    );
  }
  const masterUsername = primary?.masterUsername ?? masterUsernameOf(input);
  return {
    engine,
    engineVersion:
      input.EngineVersion ?? primary?.engineVersion ?? ownMember(DEFAULT_VERSIONS, engine) ?? '',
    port: input.Port ?? usualPort,
    masterUsername,
    databaseName: input.DatabaseName,
    isEncrypted: input.StorageEncrypted ?? false,
  };
}

function masterUsernameOf(input: CreateDBClusterMessage): string {
  const { MasterUsername, MasterUserPassword, ManageMasterUserPassword } = input;
  if (MasterUsername === undefined || MasterUsername === '') {
    throw invalidParameterValue(
      'The parameter MasterUsername must be provided and must not be blank.',
    );
  }
  if (MasterUserPassword === undefined && ManageMasterUserPassword !== true) {
    throw invalidParameterValue(
      'The parameter MasterUserPassword must be provided and must not be blank.',
    );
  }
  return MasterUsername;
}
