import type { RebootDBInstanceMessage, RebootDBInstanceResult } from '@aws-sdk/client-rds';
import { instanceOutput } from '../describe/describe-instances.ts';
import { clusterStatus } from '../model/db-cluster.ts';
import { isAvailable } from '../model/db-instance.ts';
import type { RdsCall } from '../model/rds-context.ts';
import { invalidInstanceState, invalidParameterCombination, required } from '../rds-errors.ts';
import { shutDown } from './engine.ts';

/**
 * Restarts an instance; a writer keeps its role. AWS: RebootDBInstance.
 * @throws {AwsError} `DBInstanceNotFoundFault`; `InvalidDBInstanceStateFault` while something is
 * under way; `InvalidParameterCombination` for a forced failover, which Aurora has not.
 */
export function rebootDbInstance(
  { rds, region }: RdsCall,
  { DBInstanceIdentifier, ForceFailover }: RebootDBInstanceMessage,
): RebootDBInstanceResult {
  const name = required('DBInstanceIdentifier', DBInstanceIdentifier);
  const instance = rds.store.instance(region, name);
  if (ForceFailover === true) {
    throw invalidParameterCombination(
      'ForceFailover cannot be specified since the instance is not configured for MultiAZ.',
    );
  }
  if (clusterStatus(instance.cluster) !== 'available' || !isAvailable(instance)) {
    throw invalidInstanceState(
      'Instance cannot currently reboot due to an in-progress management operation.',
    );
  }
  const restart = shutDown(rds, instance, 'rebooting');
  rds.timers.after(rds.timings.rebootSeconds, restart);
  return { DBInstance: instanceOutput(rds, instance) };
}
