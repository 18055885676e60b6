import { randomUUID } from 'node:crypto';
import type {
  AutoScalingGroupNamesType,
  CreateAutoScalingGroupType,
  DescribeAutoScalingInstancesType,
  DescribeScalingActivitiesType,
  SetInstanceHealthQuery,
  TerminateInstanceInAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { type Action, action, type Service } from '../../core/service.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import { setDesiredCapacity, updateAutoScalingGroup } from './api/change-capacity.ts';
import { setInstanceHealth, terminateInstanceInAutoScalingGroup } from './api/change-instances.ts';
import { createAutoScalingGroup, deleteAutoScalingGroup } from './api/create-group.ts';
import { describeScalingActivities } from './api/describe-activities.ts';
import { describeAutoScalingGroups, describeAutoScalingInstances } from './api/describe-groups.ts';
import { disableMetricsCollection, enableMetricsCollection } from './api/metrics-collection.ts';
import { resumeProcesses, suspendProcesses } from './api/processes.ts';
import { type Group, inServiceOf } from './group/group.ts';
import { activityEnded, type ScalingEvent } from './group/group-events.ts';
import { GroupMetrics } from './group/group-metrics.ts';
import { GroupStore } from './group/group-store.ts';
import { GroupViews } from './group/group-views.ts';
import { type Pace, USUAL_PACE } from './scaling/pace.ts';
import { noFaults, type ScalingContext, type ScalingFaults } from './scaling/scaling-context.ts';
import { type ScalingOptions, simulatedGroups } from './simulated-groups.ts';

/** Amazon EC2 Auto Scaling's groups in memory, by Region. */
export interface AutoScaling {
  readonly service: Service;
  readonly simulated: SimulatedService;
  /** The group metrics, worked out when they are asked for. */
  readonly metricSource: GroupMetrics;
  /** Hears of the activities that end, each for the default bus of its Region. */
  onEvent(listener: (event: ScalingEvent) => void): void;
  /** Returns whether a healthy instance serves a host name: that of a group's tag `host`. */
  isServing(host: string): boolean;
}

/** Auto Scaling's clock, Region, account and pace. */
export interface AutoScalingOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly pace?: Partial<Pace>;
  /** Makes the identifiers of instances and activities; random by default. */
  readonly uuid?: () => string;
}

/** Makes Amazon EC2 Auto Scaling; it has no groups until it is seeded. */
export function createAutoScaling(options: AutoScalingOptions): AutoScaling {
  const { clock, region, accountId, uuid = randomUUID } = options;
  const pace = { ...USUAL_PACE, ...options.pace };
  const nowMs = (): number => clock.now().getTime();
  const store = new GroupStore(accountId);
  const views = new GroupViews(pace.describeLagMs);
  const metrics = new GroupMetrics(nowMs);
  const listeners: ((event: ScalingEvent) => void)[] = [];
  const context: ScalingContext = {
    clock,
    pace,
    uuid,
    faults: noFaults(),
    changed(group) {
      views.publish(group, nowMs());
      metrics.record(group);
    },
    ended(group, activity) {
      for (const listen of listeners) listen(activityEnded(group, activity));
    },
    removed(group) {
      store.remove(group);
      views.withdraw(group, nowMs());
      metrics.end(group);
    },
  };
  const parts: ScalingOptions = { context, store, views, metrics, ownRegion: region };
  return {
    service: {
      name: 'autoscaling',
      client: '@aws-sdk/client-auto-scaling',
      actions: actionsOf(parts),
    },
    simulated: simulatedGroups(parts),
    metricSource: metrics,
    onEvent: (listener) => void listeners.push(listener),
    isServing: (host) =>
      store
        .all()
        .filter(({ tags }) => tags.some((tag) => tag.key === 'host' && tag.value === host))
        .some((group) =>
          inServiceOf(group).some(({ unhealthyCause: cause }) => cause === undefined),
        ),
  };
}

type InRegion<Input> = (input: Input, region: string) => object;
type OnGroup<Input> = (context: ScalingContext, group: Group, input: Input) => object;

function actionsOf({ context, store, views, ownRegion }: ScalingOptions): Record<string, Action> {
  function inRegion<Input extends object>(run: InRegion<Input>): Action {
    return action((input: Input, { region = ownRegion }) => {
      refuseBroken(context.faults, region);
      return run(input, region);
    });
  }
  const onGroup = <Input extends { AutoScalingGroupName?: string | undefined }>(
    run: OnGroup<Input>,
  ): Action =>
    inRegion((input: Input, region) =>
      run(context, store.get(region, input.AutoScalingGroupName), input),
    );
  const placed = (region: string) => ({ region, nowMs: context.clock.now().getTime() });

  return {
    CreateAutoScalingGroup: inRegion((input: CreateAutoScalingGroupType, region) =>
      createAutoScalingGroup(context, store, region, input),
    ),
    DeleteAutoScalingGroup: onGroup(deleteAutoScalingGroup),
    DescribeAutoScalingGroups: inRegion((input: AutoScalingGroupNamesType, region) =>
      describeAutoScalingGroups(views, placed(region), input),
    ),
    DescribeAutoScalingInstances: inRegion((input: DescribeAutoScalingInstancesType, region) =>
      describeAutoScalingInstances(views, placed(region), input),
    ),
    DescribeScalingActivities: inRegion((input: DescribeScalingActivitiesType, region) =>
      describeScalingActivities(store.inRegion(region), input),
    ),
    DisableMetricsCollection: onGroup(disableMetricsCollection),
    EnableMetricsCollection: onGroup(enableMetricsCollection),
    ResumeProcesses: onGroup(resumeProcesses),
    SetDesiredCapacity: onGroup(setDesiredCapacity),
    SetInstanceHealth: inRegion((input: SetInstanceHealthQuery, region) =>
      setInstanceHealth(context, store, region, input),
    ),
    SuspendProcesses: onGroup(suspendProcesses),
    TerminateInstanceInAutoScalingGroup: inRegion(
      (input: TerminateInstanceInAutoScalingGroupType, region) =>
        terminateInstanceInAutoScalingGroup(context, store, region, input),
    ),
    UpdateAutoScalingGroup: onGroup(updateAutoScalingGroup),
  };
}

function refuseBroken(faults: ScalingFaults, region: string): void {
  if (faults.downRegions.has(region)) {
    throw new AwsError(
      'ServiceUnavailable',
      'The request has failed due to a temporary failure of the server.',
    );
  }
  if (faults.throttledCalls === 0) return;
  faults.throttledCalls -= 1;
  // The two ways in which groups that change at the same time are refused take turns.
  if (faults.throttledCalls % 2 === 0) throw new AwsError('Throttling', 'Rate exceeded');
  throw new AwsError(
    'ResourceContentionFault',
    'You already have a pending update to an Amazon EC2 Auto Scaling resource.',
  );
}
