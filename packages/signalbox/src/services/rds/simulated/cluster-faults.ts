import type { Fault } from '../../../core/simulated-service.ts';
import { UserError } from '../../../core/user-error.ts';
import type { DbCluster, GlobalCluster } from '../model/databases.ts';
import { noteChange, type RdsContext } from '../model/rds-context.ts';
import { names } from './break-instances.ts';
import { clusterTarget, globalTarget } from './targets.ts';

const CLUSTER_OR_GLOBAL =
  "a cluster's or global cluster's identifier or ARN, by default the first cluster of the file of simulated resources";

/** Makes the faults of clusters that keep their instances whole. */
export function clusterFaults(rds: RdsContext): Readonly<Record<string, Fault>> {
  return {
    'cluster-busy': busyFault(rds),
    'failover-stuck': stuckFault(rds),
    'failover-throttled': throttledFault(rds),
    'replica-lag': lagFault(rds),
  };
}

function busyFault(rds: RdsContext): Fault {
  return {
    summary: 'Keeps a cluster modifying, so that it takes no changes',
    target:
      "a cluster's identifier or ARN, by default the first of the file of simulated resources",
    start(target) {
      const cluster = clusterTarget(rds, target);
      cluster.heldBy.add('cluster-busy');
      return `${cluster.identifier} is modifying`;
    },
    end(target) {
      const all = target === undefined ? [...rds.store.clusters] : [clusterTarget(rds, target)];
      return `No longer busy: ${names(all.filter(({ heldBy }) => heldBy.delete('cluster-busy')))}`;
    },
  };
}

function stuckFault(rds: RdsContext): Fault {
  return {
    summary: 'Lets failovers and switchovers begin and never end',
    target: CLUSTER_OR_GLOBAL,
    start(target) {
      const one = globalTarget(rds, target) ?? clusterTarget(rds, target);
      if (!rds.stuck.has(one.arn)) rds.stuck.set(one.arn, new Set());
      return `A failover of ${one.identifier} will not end`;
    },
    end(target) {
      const arns =
        target === undefined
          ? [...rds.stuck.keys()]
          : [(globalTarget(rds, target) ?? clusterTarget(rds, target)).arn];
      const waiting = arns.flatMap((arn) => [...(rds.stuck.get(arn) ?? [])]);
      for (const arn of arns) rds.stuck.delete(arn);
      for (const goOn of waiting) goOn();
      return `Failovers end again; ${waiting.length} that waited went on`;
    },
  };
}

function throttledFault(rds: RdsContext): Fault {
  const usual = 5;
  return {
    summary: 'Throttles the next calls that ask for a failover or switchover',
    target: `how many calls, by default ${usual}`,
    start(target = String(usual)) {
      if (!/^[1-9]\d{0,3}$/.test(target)) {
        throw new UserError(
          'usage',
          `Write how many calls as a number from 1 to 9999, not "${target}"`,
        );
      }
      rds.throttledCalls = Number(target);
      return `The next ${target} calls for a failover are throttled`;
    },
    end() {
      rds.throttledCalls = 0;
      return 'Calls for a failover are throttled no longer';
    },
  };
}

function lagFault(rds: RdsContext): Fault {
  const cause = 'replica-lag';
  const nowMs = () => rds.clock.now().getTime();
  return {
    summary:
      'Lets the lag of a cluster, or of the secondaries of a global cluster, grow by a second a second',
    target: CLUSTER_OR_GLOBAL,
    start(target) {
      const clusters = laggards(globalTarget(rds, target) ?? clusterTarget(rds, target));
      for (const { chronicle } of clusters) {
        chronicle.replicaLag.grow(cause, nowMs());
        chronicle.globalLag.grow(cause, nowMs());
      }
      noteChange(rds, ...clusters);
      return `The lag grows of ${names(clusters)}`;
    },
    end(target) {
      const clusters =
        target === undefined
          ? [...rds.store.clusters]
          : laggards(globalTarget(rds, target) ?? clusterTarget(rds, target));
      const mended = clusters.filter(({ chronicle: { replicaLag, globalLag } }) => {
        const wasFar = globalLag.settle(cause, nowMs());
        return replicaLag.settle(cause, nowMs()) || wasFar;
      });
      noteChange(rds, ...mended);
      return `Caught up: ${names(mended)}`;
    },
  };
}

function laggards(one: DbCluster | GlobalCluster): readonly DbCluster[] {
  if (!('members' in one)) return [one];
  return one.members.filter(({ isPrimary }) => !isPrimary).map(({ cluster }) => cluster);
}
