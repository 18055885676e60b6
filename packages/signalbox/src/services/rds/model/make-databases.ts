import { arnOf, globalArnOf, resourceIdOf } from './arn.ts';
import type { Connections } from './chronicle.ts';
import type {
  ClusterSettings,
  DbCluster,
  DbInstance,
  GlobalCluster,
  GlobalMember,
} from './databases.ts';
import { LagCourse } from './lag-course.ts';
import { noteInstance, type RdsContext } from './rds-context.ts';

/** The properties of a new cluster. */
export interface NewCluster {
  readonly region: string;
  readonly identifier: string;
  readonly settings: ClusterSettings;
  readonly createdAt: Date;
  readonly tags: ReadonlyMap<string, string>;
  readonly connections: Connections;
  /** The lag of healthy readers behind the writer. */
  readonly replicaLagMs: number;
  /** Its lag behind a primary in another Region, should it ever follow one. */
  readonly globalLagMs: number;
}

/** Makes a cluster without instances, `available` at once. */
export function makeCluster(rds: RdsContext, made: NewCluster): DbCluster {
  const { region, identifier } = made;
  const arn = arnOf({ region, accountId: rds.accountId }, 'cluster', identifier);
  const chronicle = {
    identifier,
    region,
    connections: made.connections,
    replicaLag: new LagCourse(made.replicaLagMs),
    globalLag: new LagCourse(made.globalLagMs),
    instances: [],
  };
  chronicle.replicaLag.begin(made.createdAt.getTime());
  const cluster: DbCluster = {
    identifier,
    arn,
    region,
    chronicle,
    resourceId: resourceIdOf('cluster', arn),
    createdAt: made.createdAt,
    settings: made.settings,
    tags: new Map(made.tags),
    instances: new Map(),
    backupRetentionDays: 1,
    isProtected: false,
    isStopped: false,
    activity: undefined,
    shownWriter: undefined,
    membership: undefined,
    heldBy: new Set(),
  };
  rds.store.clusters.add(cluster);
  rds.store.chronicles.push(chronicle);
  return cluster;
}

/** The properties of a new instance. */
export interface NewInstance {
  readonly identifier: string;
  readonly instanceClass: string;
  readonly availabilityZone: string;
  readonly promotionTier: number;
  readonly createdAt: Date;
  readonly tags: ReadonlyMap<string, string>;
  readonly isWriter: boolean;
  /** The status while RDS is busy with it, such as `creating`; undefined where it runs already. */
  readonly status: string | undefined;
}

/** Makes an instance of a cluster. */
export function makeInstance(rds: RdsContext, cluster: DbCluster, made: NewInstance): DbInstance {
  const { identifier, isWriter, status } = made;
  const arn = arnOf({ region: cluster.region, accountId: rds.accountId }, 'db', identifier);
  const chronicle = { identifier, entries: [] };
  const instance: DbInstance = {
    identifier,
    arn,
    cluster,
    chronicle,
    isWriter,
    resourceId: resourceIdOf('db', arn),
    createdAt: made.createdAt,
    availabilityZone: made.availabilityZone,
    tags: new Map(made.tags),
    instanceClass: made.instanceClass,
    promotionTier: made.promotionTier,
    startedAt: made.createdAt,
    activity: status === undefined ? undefined : { status },
    brokenBy: new Set(),
  };
  cluster.instances.set(identifier, instance);
  cluster.chronicle.instances.push(chronicle);
  if (isWriter) cluster.shownWriter = instance;
  noteInstance(rds, instance, made.createdAt);
  return instance;
}

/** Makes a global cluster without members. */
export function makeGlobal(rds: RdsContext, identifier: string): GlobalCluster {
  const arn = globalArnOf(rds.accountId, identifier);
  const global: GlobalCluster = {
    identifier,
    arn,
    resourceId: resourceIdOf('cluster', arn),
    members: [],
    tags: new Map(),
    activity: undefined,
    switching: undefined,
    lastSwitch: undefined,
  };
  rds.store.globals.add(global);
  return global;
}

/** Lets a cluster join, as the primary if there is none, or else as a secondary that follows it. */
export function joinGlobal(global: GlobalCluster, cluster: DbCluster, at: Date): GlobalMember {
  const primary = global.members.find(({ isPrimary }) => isPrimary);
  const member: GlobalMember = {
    global,
    cluster,
    isPrimary: primary === undefined,
    synchronization: 'connected',
    outage: undefined,
    resync: undefined,
  };
  global.members.push(member);
  cluster.membership = member;
  if (primary !== undefined)
    cluster.chronicle.globalLag.begin(at.getTime(), primary.cluster.region);
  return member;
}
