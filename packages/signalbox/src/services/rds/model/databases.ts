import type { ClusterChronicle, InstanceChronicle } from './chronicle.ts';

/** Something under way; whoever ends it compares it, for another may have taken its place. */
export interface Activity {
  /** In the words of `DBInstanceStatus` or of the cluster's `Status`. */
  readonly status: string;
}

/** A DB instance of a cluster. */
export interface DbInstance {
  readonly identifier: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly createdAt: Date;
  readonly cluster: DbCluster;
  readonly availabilityZone: string;
  readonly tags: Map<string, string>;
  readonly chronicle: InstanceChronicle;
  instanceClass: string;
  /** 0 to 15, the lowest is promoted first. */
  promotionTier: number;
  isWriter: boolean;
  /** When its engine last started. */
  startedAt: Date;
  activity: Activity | undefined;
  /** The faults that it suffers from. */
  readonly brokenBy: Set<string>;
}

/** The options that a cluster is made with. */
export interface ClusterSettings {
  readonly engine: string;
  readonly engineVersion: string;
  readonly port: number;
  readonly masterUsername: string;
  readonly databaseName: string | undefined;
  readonly isEncrypted: boolean;
}

/** An Aurora DB cluster. */
export interface DbCluster {
  readonly identifier: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly region: string;
  readonly createdAt: Date;
  readonly settings: ClusterSettings;
  readonly tags: Map<string, string>;
  readonly instances: Map<string, DbInstance>;
  readonly chronicle: ClusterChronicle;
  backupRetentionDays: number;
  isProtected: boolean;
  isStopped: boolean;
  /** The operation under way; undefined while there is none. */
  activity: Activity | undefined;
  /** The instance that `DescribeDBClusters` shows as the writer: it learns of a promotion late. */
  shownWriter: DbInstance | undefined;
  /** Its place in a global cluster. */
  membership: GlobalMember | undefined;
  /** The faults that keep it busy, so that it shows as `modifying`. */
  readonly heldBy: Set<string>;
}

/** A cluster's place in a global cluster. */
export interface GlobalMember {
  readonly global: GlobalCluster;
  readonly cluster: DbCluster;
  isPrimary: boolean;
  /** Whether the member follows the primary. */
  synchronization: 'connected' | 'pending-resync';
  /** The activity that holds its instances down, between a failover away from it and its rejoining. */
  outage: Activity | undefined;
  /** Its resynchronization, while that is under way. */
  resync: Activity | undefined;
}

/** A switchover or failover under way, as `FailoverState` describes it. */
export interface GlobalSwitch {
  status: 'pending' | 'switching-over' | 'failing-over';
  readonly from: DbCluster;
  readonly to: DbCluster;
  readonly isDataLossAllowed: boolean;
  /** Milliseconds of data that the target had not yet received when a failover began; 0 for a switchover. */
  readonly dataLossMs: number;
}

/** A switchover or failover that has ended well. */
export interface PastSwitch {
  readonly kind: 'switchover' | 'failover';
  readonly from: string;
  readonly to: string;
  readonly finishedAt: Date;
  readonly dataLossMs: number;
}

/** An Aurora global database. */
export interface GlobalCluster {
  readonly identifier: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly members: GlobalMember[];
  readonly tags: Map<string, string>;
  activity: Activity | undefined;
  switching: GlobalSwitch | undefined;
  lastSwitch: PastSwitch | undefined;
}
