import { type Action, action, type Service } from '../../core/service.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import { describeDbClusters } from './describe/describe-clusters.ts';
import { describeEvents } from './describe/describe-events.ts';
import { describeGlobalClusters } from './describe/describe-global-clusters.ts';
import { describeDbInstances } from './describe/describe-instances.ts';
import { failoverDbCluster } from './failover/failover-cluster.ts';
import { removeFromGlobalCluster } from './global/remove-from-global.ts';
import { failoverGlobalCluster, switchoverGlobalCluster } from './global/switch-global.ts';
import { createDbCluster } from './lifecycle/create-cluster.ts';
import { createDbInstance } from './lifecycle/create-instance.ts';
import { deleteDbCluster, deleteDbInstance } from './lifecycle/delete.ts';
import { modifyDbCluster, modifyDbInstance } from './lifecycle/modify.ts';
import { rebootDbInstance } from './lifecycle/reboot-instance.ts';
import { startDbCluster, stopDbCluster } from './lifecycle/start-stop.ts';
import {
  addTagsToResource,
  listTagsForResource,
  removeTagsFromResource,
} from './lifecycle/tags.ts';
import { createMetricSource, type RdsMetricSource } from './metrics/metric-source.ts';
import { writerOf } from './model/db-cluster.ts';
import { isRunning } from './model/db-instance.ts';
import type { RdsServiceEvent } from './model/event-log.ts';
import {
  createContext,
  type RdsCall,
  type RdsContext,
  type RdsOptions,
} from './model/rds-context.ts';
import { serviceUnavailable, throttling } from './rds-errors.ts';
import { createSimulatedRds } from './simulated/simulated-rds.ts';

/** Amazon RDS's Aurora clusters, which fail over, lag and break as on AWS. */
export interface Rds {
  readonly service: Service;
  readonly simulated: SimulatedService;
  readonly metricSource: RdsMetricSource;
  /** Notified of RDS's events, each for the default bus of its Region. */
  onEvent(listener: (event: RdsServiceEvent) => void): void;
  /** Whether a cluster, named by its ARN, has a writer that runs now. */
  isWriting(arn: string): boolean;
}

/** Makes Amazon RDS on a clock, without any database until the simulated resources is seeded. */
export function createRds(options: RdsOptions): Rds {
  const rds = createContext(options);
  const actions = { ...reads(rds), ...changes(rds), ...failovers(rds) };
  return {
    service: { name: 'rds', client: '@aws-sdk/client-rds', actions },
    simulated: createSimulatedRds(rds),
    metricSource: createMetricSource(rds),
    onEvent: (listener) => rds.events.listen(listener),
    isWriting: (arn) => {
      const cluster = [...rds.store.clusters].find((one) => one.arn === arn);
      const writer = cluster === undefined ? undefined : writerOf(cluster);
      if (cluster === undefined || rds.store.downRegions.has(cluster.region)) return false;
      return writer !== undefined && isRunning(writer);
    },
  };
}

type Bound<Input> = (call: RdsCall, input: Input) => object;

/** Sends a call to the Region that it asks. A Region that is down responds to no call at all. */
function bind<Input extends object>(rds: RdsContext, run: Bound<Input>): Action {
  return action((input: Input, caller) => {
    const region = caller.region ?? rds.region;
    if (rds.store.downRegions.has(region)) throw serviceUnavailable();
    return run({ rds, region }, input);
  });
}

/** As `bind`, for the calls that a fault may throttle. */
function bindThrottled<Input extends object>(rds: RdsContext, run: Bound<Input>): Action {
  return bind(rds, (call: RdsCall, input: Input) => {
    if (rds.throttledCalls === 0) return run(call, input);
    rds.throttledCalls -= 1;
    throw throttling();
  });
}

function reads(rds: RdsContext): Record<string, Action> {
  return {
    DescribeDBClusters: bind(rds, describeDbClusters),
    DescribeDBInstances: bind(rds, describeDbInstances),
    DescribeEvents: bind(rds, describeEvents),
    DescribeGlobalClusters: bind(rds, describeGlobalClusters),
    ListTagsForResource: bind(rds, listTagsForResource),
  };
}

function changes(rds: RdsContext): Record<string, Action> {
  return {
    AddTagsToResource: bind(rds, addTagsToResource),
    CreateDBCluster: bind(rds, createDbCluster),
    CreateDBInstance: bind(rds, createDbInstance),
    DeleteDBCluster: bind(rds, deleteDbCluster),
    DeleteDBInstance: bind(rds, deleteDbInstance),
    ModifyDBCluster: bind(rds, modifyDbCluster),
    ModifyDBInstance: bind(rds, modifyDbInstance),
    RebootDBInstance: bind(rds, rebootDbInstance),
    RemoveFromGlobalCluster: bind(rds, removeFromGlobalCluster),
    RemoveTagsFromResource: bind(rds, removeTagsFromResource),
    StartDBCluster: bind(rds, startDbCluster),
    StopDBCluster: bind(rds, stopDbCluster),
  };
}

function failovers(rds: RdsContext): Record<string, Action> {
  return {
    FailoverDBCluster: bindThrottled(rds, failoverDbCluster),
    FailoverGlobalCluster: bindThrottled(rds, failoverGlobalCluster),
    SwitchoverGlobalCluster: bindThrottled(rds, switchoverGlobalCluster),
  };
}
