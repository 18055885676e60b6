import type { Connections } from '../model/chronicle.ts';
import type { Timings } from '../model/timings.ts';

/** The section of the file of simulated resources: which databases there are, and how long things take. */
export interface RdsSection {
  readonly timings: Timings;
  readonly clusters: readonly ClusterSection[];
  readonly globalClusters: readonly GlobalSection[];
}

/** A cluster that is there from the start. */
export interface ClusterSection {
  readonly path: string;
  readonly region: string;
  readonly identifier: string;
  readonly engine: string;
  readonly engineVersion: string;
  /** The instance that writes; undefined in a secondary. */
  readonly writer: string | undefined;
  readonly ageDays: number;
  readonly replicaLagMs: number;
  readonly globalLagMs: number;
  readonly connections: Connections;
  readonly tags: ReadonlyMap<string, string>;
  readonly instances: readonly InstanceSection[];
}

/** An instance that is there from the start. */
export interface InstanceSection {
  readonly path: string;
  readonly identifier: string;
  readonly instanceClass: string;
  readonly availabilityZone: string;
  readonly promotionTier: number;
  readonly tags: ReadonlyMap<string, string>;
}

/** A global cluster that is there from the start. */
export interface GlobalSection {
  readonly path: string;
  readonly identifier: string;
  /** The first is the primary. */
  readonly members: readonly MemberSection[];
}

/** A member of a global cluster, by name. */
export interface MemberSection {
  readonly path: string;
  readonly region: string;
  readonly cluster: string;
}
