import {
  clusterNotFound,
  globalClusterNotFound,
  instanceNotFound,
  invalidParameterValue,
} from '../rds-errors.ts';
import { identifierIn } from './arn.ts';
import type { ClusterChronicle } from './chronicle.ts';
import type { DbCluster, DbInstance, GlobalCluster } from './databases.ts';

/** The databases of all Regions. */
export class RdsStore {
  readonly clusters = new Set<DbCluster>();
  readonly globals = new Set<GlobalCluster>();
  /** Of clusters that are gone as well: their metrics remain. */
  readonly chronicles: ClusterChronicle[] = [];
  /** Regions that do not respond. */
  readonly downRegions = new Set<string>();

  clear(): void {
    this.clusters.clear();
    this.globals.clear();
    this.chronicles.length = 0;
    this.downRegions.clear();
  }

  clustersOf(region: string): readonly DbCluster[] {
    return [...this.clusters]
      .filter((cluster) => cluster.region === region)
      .sort((left, right) => left.identifier.localeCompare(right.identifier));
  }

  instancesOf(region: string): readonly DbInstance[] {
    return this.clustersOf(region)
      .flatMap(({ instances }) => [...instances.values()])
      .sort((left, right) => left.identifier.localeCompare(right.identifier));
  }

  /** The global clusters with a member in the Region, or with none at all. */
  globalsOf(region: string): readonly GlobalCluster[] {
    return [...this.globals]
      .filter(
        ({ members }) =>
          members.length === 0 || members.some(({ cluster }) => cluster.region === region),
      )
      .sort((left, right) => left.identifier.localeCompare(right.identifier));
  }

  /**
   * Finds a cluster of the Region by its identifier or ARN.
   * @throws {AwsError} `DBClusterNotFoundFault`.
   */
  cluster(region: string, nameOrArn: string): DbCluster {
    const identifier = identifierIn(nameOrArn, 'cluster');
    const found = this.clustersOf(region).find((cluster) => cluster.identifier === identifier);
    if (found === undefined) throw clusterNotFound(nameOrArn);
    return found;
  }

  /**
   * Finds an instance of the Region by its identifier or ARN.
   * @throws {AwsError} `DBInstanceNotFoundFault`.
   */
  instance(region: string, nameOrArn: string): DbInstance {
    const identifier = identifierIn(nameOrArn, 'db');
    const found = this.instancesOf(region).find((instance) => instance.identifier === identifier);
    if (found === undefined) throw instanceNotFound(nameOrArn);
    return found;
  }

  /**
   * Finds a global cluster that has a member in the Region.
   * @throws {AwsError} `GlobalClusterNotFoundFault`.
   */
  global(region: string, nameOrArn: string): GlobalCluster {
    const identifier = identifierIn(nameOrArn, 'global-cluster');
    const found = this.globalsOf(region).find((global) => global.identifier === identifier);
    if (found === undefined) throw globalClusterNotFound(nameOrArn);
    return found;
  }

  /**
   * Finds what has tags by its ARN.
   * @throws {AwsError} `InvalidParameterValue` for what is no ARN; that something is not found.
   */
  byArn(region: string, arn: string): DbCluster | DbInstance | GlobalCluster {
    const kind = arn.split(':')[5];
    if (arn.startsWith('arn:') && kind === 'cluster') return this.cluster(region, arn);
    if (arn.startsWith('arn:') && kind === 'db') return this.instance(region, arn);
    if (arn.startsWith('arn:') && kind === 'global-cluster') return this.global(region, arn);
    throw invalidParameterValue(`Invalid resource name: ${arn}`);
  }
}
