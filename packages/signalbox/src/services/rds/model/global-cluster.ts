import {
  clusterNotFound,
  invalidGlobalClusterState,
  invalidParameterValue,
} from '../rds-errors.ts';
import type { GlobalCluster, GlobalMember } from './databases.ts';

/** The member that writes. */
export function primaryOf({ members }: GlobalCluster): GlobalMember | undefined {
  return members.find(({ isPrimary }) => isPrimary);
}

/** The global cluster's status as RDS describes it. */
export function globalStatus({ activity }: GlobalCluster): string {
  return activity?.status ?? 'available';
}

/**
 * Finds a member by its ARN: an identifier will not do, for members are in several Regions.
 * @throws {AwsError} `InvalidParameterValue` for what is no ARN; `DBClusterNotFoundFault`.
 */
export function memberByArn({ members }: GlobalCluster, arn: string): GlobalMember {
  if (!arn.startsWith('arn:')) {
    throw invalidParameterValue(`Invalid DB cluster ARN: ${arn}`);
  }
  const member = members.find(({ cluster }) => cluster.arn === arn);
  if (member === undefined) throw clusterNotFound(arn);
  return member;
}

/** @throws {AwsError} `InvalidGlobalClusterStateFault` while something is under way. */
export function expectGlobalAvailable(global: GlobalCluster): void {
  const status = globalStatus(global);
  if (status === 'available') return;
  throw invalidGlobalClusterState(
    `Global cluster ${global.identifier} is in ${status} state but expected it to be one of available.`,
  );
}
