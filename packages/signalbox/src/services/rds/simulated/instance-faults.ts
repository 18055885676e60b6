import type { Fault } from '../../../core/simulated-service.ts';
import { UserError } from '../../../core/user-error.ts';
import type { DbInstance } from '../model/databases.ts';
import { readersByRank, writerOf } from '../model/db-cluster.ts';
import { isAvailable } from '../model/db-instance.ts';
import type { RdsContext } from '../model/rds-context.ts';
import { breakInstances, mendInstances, names } from './break-instances.ts';
import { clusterTarget, instanceTarget } from './targets.ts';

const CLUSTER =
  "a cluster's identifier or ARN, by default the first of the file of simulated resources";

/** Makes the faults that let instances fail. */
export function instanceFaults(rds: RdsContext): Readonly<Record<string, Fault>> {
  return {
    database: databaseFault(rds),
    'database-target': targetFault(rds),
    'no-readers': readersFault(rds),
  };
}

/**
 * On AWS, Aurora promotes a reader by itself within a minute of such a failure. Here nothing comes by
 * itself: the fault stands for the failures that Aurora does not notice or cannot end, such as a
 * writer that hangs, because those are what a failover by hand is for.
 */
function databaseFault(rds: RdsContext): Fault {
  return {
    summary: 'Lets the writer of a cluster fail, and no failover come by itself',
    target: CLUSTER,
    start(target) {
      const cluster = clusterTarget(rds, target);
      const writer = writerOf(cluster);
      if (writer === undefined) {
        throw new UserError('usage', `Cluster ${cluster.identifier} has no writer that could fail`);
      }
      breakInstances(rds, 'database', [writer]);
      return `The writer ${writer.identifier} of ${cluster.identifier} has failed`;
    },
    end: (target) => mend(rds, 'database', target),
  };
}

function targetFault(rds: RdsContext): Fault {
  return {
    summary:
      'Lets the reader fail that a failover would promote, or another instance that is named',
    target:
      "an instance's identifier or ARN, or a cluster's, by default the first cluster of the file",
    start(target) {
      const instance = instanceTarget(rds, target) ?? nextReader(rds, target);
      breakInstances(rds, 'database-target', [instance]);
      return `${instance.identifier} of ${instance.cluster.identifier} has failed`;
    },
    end: (target) => mend(rds, 'database-target', target),
  };
}

function nextReader(rds: RdsContext, target: string | undefined): DbInstance {
  const cluster = clusterTarget(rds, target);
  const reader = readersByRank(cluster).find(isAvailable);
  if (reader !== undefined) return reader;
  throw new UserError('usage', `Cluster ${cluster.identifier} has no available reader`);
}

function readersFault(rds: RdsContext): Fault {
  return {
    summary: 'Lets all readers of a cluster fail',
    target: CLUSTER,
    start(target) {
      const cluster = clusterTarget(rds, target);
      const readers = readersByRank(cluster);
      if (readers.length === 0) {
        throw new UserError('usage', `Cluster ${cluster.identifier} has no readers`);
      }
      breakInstances(rds, 'no-readers', readers);
      return `The readers of ${cluster.identifier} have failed: ${names(readers)}`;
    },
    end: (target) => mend(rds, 'no-readers', target),
  };
}

function mend(rds: RdsContext, fault: string, target: string | undefined): string {
  const instance = instanceTarget(rds, target);
  const cluster =
    target === undefined || instance !== undefined ? undefined : clusterTarget(rds, target);
  const isMeant = (one: DbInstance) =>
    target === undefined || one === instance || one.cluster === cluster;
  return `Mended: ${names(mendInstances(rds, fault, isMeant))}`;
}
