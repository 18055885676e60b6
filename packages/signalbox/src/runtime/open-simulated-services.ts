import type { Json } from '../core/json.ts';
import type { Service } from '../core/service.ts';
import type { SimulatedService } from '../core/simulated-service.ts';
import type { CallRecord } from '../endpoint/registry.ts';
import { type AutoScaling, createAutoScaling } from '../services/auto-scaling/auto-scaling.ts';
import { createCloudTrail } from '../services/cloudtrail/cloudtrail.ts';
import type { CloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import { createCostExplorer } from '../services/cost-explorer/cost-explorer.ts';
import { createHealth } from '../services/health/health.ts';
import { createRds } from '../services/rds/rds.ts';
import { createRdsData } from '../services/rds-data/rds-data.ts';
import type { HealthTarget } from '../services/route-53/health-target.ts';
import { createRoute53 } from '../services/route-53/route-53.ts';
import {
  createRoutingControl,
  type RoutingControls,
} from '../services/routing-control/routing-control.ts';
import type { S3 } from '../services/s3/s3.ts';
import type { DatabaseCluster } from '../template/surrounding.ts';
import { openDatabaseIn } from './open-database.ts';
import type { SharedServicesOptions } from './services-options.ts';

/** An event of a service that stands around the app. */
export interface SimulatedServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: { readonly [key: string]: Json };
  readonly resources?: readonly string[];
  readonly time?: Date;
  readonly traceHeader?: string | undefined;
  /** The Region whose default bus it comes to. */
  readonly region: string;
}

/** The services around the app: what failovers move, audits look at and reviews add up. */
export interface SimulatedServices {
  readonly services: readonly Service[];
  readonly parts: readonly SimulatedService[];
  /** Notified of their events, each for the default bus of its Region. */
  onEvent(listen: (event: SimulatedServiceEvent) => void): void;
  close(): Promise<void>;
  /** Must see every call of a service after it ended: health checks look at what calls change. */
  sawCall(call: Pick<CallRecord, 'service' | 'action'>): void;
}

/** Opens the services around the app and ties together what one of them sees of another. */
export function openSimulatedServices(
  options: SharedServicesOptions,
  {
    s3,
    cloudWatch,
  }: {
    readonly s3: S3;
    readonly cloudWatch: CloudWatch;
  },
): SimulatedServices {
  const rds = createRds(options);
  const autoScaling = createAutoScaling(options);
  const routingControl = createRoutingControl(options);
  const route53 = createRoute53({
    ...options,
    observe: (target) => isWell(target, { s3, autoScaling, routingControl }),
  });
  const health = createHealth(options);
  const cloudTrail = createCloudTrail(options);
  const costExplorer = createCostExplorer(options);
  const rdsData = createRdsData({
    clock: options.clock,
    clusterOf: (arn) =>
      options
        .apps()
        .flatMap(({ surroundings }) => surroundings)
        .find((one): one is DatabaseCluster => one.kind === 'database-cluster' && one.arn === arn),
    isWriting: rds.isWriting,
    hasSecret: options.hasSecret,
    open: openDatabaseIn(options),
  });

  for (const { metricSource } of [rds, autoScaling, s3]) cloudWatch.addSource(metricSource);
  autoScaling.metricSource.onChange(route53.look);
  routingControl.onChange(route53.look);
  s3.onApiCall(cloudTrail.record);

  const served = [rds, autoScaling, route53, routingControl, health, costExplorer];
  return {
    services: [...served, rdsData].map(({ service }) => service),
    close: rdsData.close,
    // Route 53 comes last: its checks look at the others as soon as they are there.
    parts: [rds, autoScaling, routingControl, health, costExplorer, s3, cloudTrail, route53].map(
      ({ simulated }) => simulated,
    ),
    onEvent(listen) {
      for (const one of [rds, autoScaling, health, cloudTrail, cloudWatch]) one.onEvent(listen);
    },
    sawCall({ service, action }) {
      if (service === 's3' && /Objects?$/.test(action)) route53.look();
    },
  };
}

/** Returns whether a health checker finds its target well. */
function isWell(
  target: HealthTarget,
  seen: {
    readonly s3: S3;
    readonly autoScaling: AutoScaling;
    readonly routingControl: RoutingControls;
  },
): boolean {
  switch (target.kind) {
    case 'endpoint':
      return seen.autoScaling.isServing(target.host);
    case 's3-object':
      return seen.s3.hasObject(target.bucket, target.key);
    case 'routing-control':
      return seen.routingControl.isOn(target.arn);
  }
}
