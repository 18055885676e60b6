import {
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  array,
  boolean,
  type InferOutput,
  nullable,
  number,
  object,
  optional,
  string,
} from 'valibot';
import type { Clients } from '../clients.ts';
import { latestDatapoint } from './latest-datapoint.ts';
import type { StepRun } from './step-kind.ts';

/** The state of an Auto Scaling group; `isFound` is false where there is none. */
export const GroupSchema = object({
  isFound: boolean(),
  /** Such as `Delete in progress`; empty while the group is in use. */
  status: string(),
  minSize: number(),
  maxSize: number(),
  desiredCapacity: number(),
  suspendedProcesses: array(string()),
  zones: array(string()),
  /** Instances in service and healthy. */
  healthyCount: number(),
  /** Instances in service or on their way there. */
  liveCount: number(),
  /** The reasons why launches failed since the step began, each once. */
  failedActivities: array(string()),
  /** vCPUs of On-Demand instances that the account runs; null if not asked for, or if AWS gives none. */
  usedVcpus: nullable(number()),
  /** The account's quota of them in the Region; null if not asked for, or if it cannot be told. */
  vcpuQuota: optional(nullable(number()), null),
  /** Why the quota cannot be told; empty where it is, or was not asked for. */
  quotaProblem: optional(string(), ''),
});

/** The state of an Auto Scaling group. */
export type Group = InferOutput<typeof GroupSchema>;

const NO_GROUP: Group = {
  isFound: false,
  status: '',
  minSize: 0,
  maxSize: 0,
  desiredCapacity: 0,
  suspendedProcesses: [],
  zones: [],
  healthyCount: 0,
  liveCount: 0,
  failedActivities: [],
  usedVcpus: null,
  vcpuQuota: null,
  quotaProblem: '',
};

/** Service Quotas' code of running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, in vCPUs. */
const STANDARD_ON_DEMAND = 'L-1216C47A';

const MAX_REASONS = 3;

/** Reads a group. AWS: a group that is not there makes an empty list, not an error. */
export async function readGroup(
  clients: Clients,
  name: string,
  run: StepRun,
  { withUsage }: { readonly withUsage: boolean },
): Promise<Group> {
  const client = clients.autoScaling(run.region);
  const { AutoScalingGroups: groups = [] } = await client.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  const [group] = groups;
  if (group === undefined) return NO_GROUP;
  const { startedAt } = run;
  return {
    ...toGroup(group),
    failedActivities: startedAt === undefined ? [] : await failedSince(client, name, startedAt),
    usedVcpus: withUsage ? await readUsage(clients, run) : null,
    ...(withUsage ? await readVcpuQuota(clients, run) : { vcpuQuota: null, quotaProblem: '' }),
  };
}

function toGroup(
  group: AutoScalingGroup,
): Omit<Group, 'failedActivities' | 'usedVcpus' | 'vcpuQuota' | 'quotaProblem'> {
  const instances = group.Instances ?? [];
  const inService = instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
  const pending = instances.filter(({ LifecycleState = '' }) =>
    LifecycleState.startsWith('Pending'),
  );
  return {
    isFound: true,
    status: group.Status ?? '',
    minSize: group.MinSize ?? 0,
    maxSize: group.MaxSize ?? 0,
    desiredCapacity: group.DesiredCapacity ?? 0,
    suspendedProcesses: (group.SuspendedProcesses ?? []).map(({ ProcessName = '' }) => ProcessName),
    zones: group.AvailabilityZones ?? [],
    healthyCount: inService.filter(({ HealthStatus }) => HealthStatus === 'Healthy').length,
    liveCount: inService.length + pending.length,
  };
}

async function failedSince(
  client: AutoScalingClient,
  name: string,
  since: Date,
): Promise<string[]> {
  const { Activities: activities = [] } = await client.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, MaxRecords: 50 }),
  );
  const reasons = activities
    .filter(({ StatusCode, StartTime }) => StatusCode === 'Failed' && isSince(StartTime, since))
    .map(({ StatusMessage = 'No reason was given' }) => StatusMessage.slice(0, 300));
  return [...new Set(reasons)].slice(0, MAX_REASONS);
}

/** Activities tell whole seconds. */
function isSince(time: Date | undefined, since: Date): boolean {
  return time !== undefined && time.getTime() + 1_000 > since.getTime();
}

async function readUsage(
  { cloudWatch }: Clients,
  { region, now }: StepRun,
): Promise<number | null> {
  const usage = await latestDatapoint(
    cloudWatch(region),
    {
      namespace: 'AWS/Usage',
      metric: 'ResourceCount',
      dimension: 'Class',
      value: 'Standard/OnDemand',
    },
    now,
  );
  return usage ?? null;
}

/** What cannot be asked is told, and keeps no recovery from acting. */
async function readVcpuQuota(
  clients: Clients,
  { region }: StepRun,
): Promise<Pick<Group, 'vcpuQuota' | 'quotaProblem'>> {
  try {
    const vcpuQuota = await clients.readQuota(region, 'ec2', STANDARD_ON_DEMAND);
    return { vcpuQuota, quotaProblem: '' };
  } catch (error) {
    const quotaProblem = error instanceof Error ? error.message : String(error);
    return { vcpuQuota: null, quotaProblem };
  }
}
