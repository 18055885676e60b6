import {
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  boolean,
  type InferOutput,
  integer,
  literal,
  maxValue,
  minValue,
  number,
  object,
  optional,
  parse,
  pipe,
  strictObject,
  string,
} from 'valibot';
import { type Group, GroupSchema, readGroup } from './read-group.ts';
import { NameSchema, stepFields } from './step-fields.ts';
import { type ApiCall, advisory, type Check, required, stepKind } from './step-kind.ts';

const CountSchema = pipe(number(), integer(), minValue(1), maxValue(10_000));

/** The group gets at least the capacity; never less than it has. */
const Schema = strictObject({
  kind: literal('auto-scaling-group'),
  group: NameSchema,
  desiredCapacity: optional(CountSchema, 10),
  /** Whether MaxSize may be raised where it is too small. */
  mayRaiseMaxSize: optional(boolean(), false),
  /**
   * What an instance takes of the account's quota of running On-Demand vCPUs, which Service Quotas tells;
   * `quota` stands in its place.
   */
  vcpus: optional(strictObject({ quota: optional(CountSchema), perInstance: CountSchema })),
  ...stepFields(900, 15),
});

const DecisionSchema = object({ desiredCapacity: number(), maxSize: number() });

type Step = InferOutput<typeof Schema>;
type Decision = InferOutput<typeof DecisionSchema>;

/** The processes without which an instance never serves. */
const NEEDED_PROCESSES = ['Launch', 'AddToLoadBalancer'];

/** Capacity for an Auto Scaling group. */
export const autoScalingGroup = stepKind({
  kind: 'auto-scaling-group',
  schema: Schema,
  state: GroupSchema,
  decision: DecisionSchema,

  targetsOf: ({ group }, region) => [`auto-scaling:${region}:${group}`],

  stateOf: ({ group, vcpus }, run, purpose) =>
    readGroup(run.clients, group, run, { withUsage: purpose === 'judge' && vcpus !== undefined }),

  judge(step, state) {
    const desiredCapacity = Math.max(step.desiredCapacity, state.desiredCapacity);
    const maxSize = Math.max(state.maxSize, desiredCapacity);
    return {
      checks: [...groupChecks(step, state), ...capacityChecks(step, state, desiredCapacity)],
      decision: state.isFound ? { desiredCapacity, maxSize } : undefined,
    };
  },

  callsFor({ group, desiredCapacity: wanted }, decision, state, { region }) {
    if (!state.isFound || state.desiredCapacity >= wanted) return [];
    return [
      ...(state.maxSize < decision.maxSize
        ? [updateCall(region, group, { MaxSize: decision.maxSize })]
        : []),
      {
        service: 'autoscaling',
        action: 'SetDesiredCapacity',
        region,
        parameters: {
          AutoScalingGroupName: group,
          DesiredCapacity: decision.desiredCapacity,
          HonorCooldown: false, // a recovery waits for no cool-down
        },
      },
    ];
  },

  progress({ group, desiredCapacity: wanted }, _, state) {
    if (!state.isFound) return { status: 'failed', detail: `There is no group ${group}` };
    const detail = `${state.healthyCount} of ${wanted} instances in service and healthy, ${state.liveCount} alive, desired ${state.desiredCapacity}${failures(state)}`;
    return { status: state.healthyCount >= wanted ? 'done' : 'pending', detail };
  },

  async perform({ action, region, parameters }, run) {
    const client = run.clients.autoScaling(region);
    const { $metadata: metadata } = await (action === 'SetDesiredCapacity'
      ? client.send(new SetDesiredCapacityCommand(parse(DesiredCallSchema, parameters)))
      : client.send(new UpdateAutoScalingGroupCommand(updateInput(parameters))));
    return metadata.requestId ?? '';
  },

  /*
   * Instances that run are not taken away: after a failed recovery they may be all that serves.
   * Launches that never came are given up, and MaxSize goes back as far as what lives allows. Where
   * somebody else has changed the group since, their values stay.
   */
  reversal({ group }, decision, before, state, { region }) {
    if (!state.isFound) return { kind: 'kept', detail: `There is no group ${group} any more` };
    const target = reversed(decision, before, state);
    const changes = {
      ...(target.desiredCapacity === state.desiredCapacity
        ? {}
        : { DesiredCapacity: target.desiredCapacity }),
      ...(target.maxSize === state.maxSize ? {} : { MaxSize: target.maxSize }),
    };
    const detail = `Desired ${target.desiredCapacity} (before ${before.desiredCapacity}), MaxSize ${target.maxSize} (before ${before.maxSize}), ${state.liveCount} instances alive`;
    return Object.keys(changes).length === 0
      ? { kind: 'undone', detail }
      : { kind: 'calls', detail, calls: [updateCall(region, group, changes)] };
  },
});

const DesiredCallSchema = object({
  AutoScalingGroupName: string(),
  DesiredCapacity: number(),
  HonorCooldown: boolean(),
});

const UpdateCallSchema = object({
  AutoScalingGroupName: string(),
  DesiredCapacity: optional(number()),
  MaxSize: optional(number()),
});

function updateInput(parameters: ApiCall['parameters']) {
  const { AutoScalingGroupName, DesiredCapacity, MaxSize } = parse(UpdateCallSchema, parameters);
  return { AutoScalingGroupName, DesiredCapacity, MaxSize };
}

function updateCall(
  region: string,
  group: string,
  changes: { readonly DesiredCapacity?: number; readonly MaxSize?: number },
): ApiCall {
  return {
    service: 'autoscaling',
    action: 'UpdateAutoScalingGroup',
    region,
    parameters: { AutoScalingGroupName: group, ...changes },
  };
}

function reversed(decision: Decision, before: Group, state: Group): Decision {
  const isDesiredOurs = state.desiredCapacity === decision.desiredCapacity;
  const isMaxOurs = state.maxSize === decision.maxSize;
  const lowest = Math.max(before.desiredCapacity, state.liveCount);
  const desiredCapacity = isDesiredOurs
    ? Math.min(state.desiredCapacity, lowest)
    : state.desiredCapacity;
  const maxSize = isMaxOurs
    ? Math.min(state.maxSize, Math.max(before.maxSize, desiredCapacity))
    : state.maxSize;
  return { desiredCapacity, maxSize };
}

function failures({ failedActivities }: Group): string {
  return failedActivities.length === 0 ? '' : `; failed: ${failedActivities.join('; ')}`;
}

function groupChecks({ group }: Step, state: Group): Check[] {
  const missing = NEEDED_PROCESSES.filter((name) => state.suspendedProcesses.includes(name));
  return [
    required('group-exists', state.isFound, `${group} is ${state.isFound ? '' : 'not '}there`),
    required('group-not-deleting', state.status === '', state.status || 'In use'),
    required(
      'processes-run',
      missing.length === 0,
      missing.length === 0 ? 'Launch runs' : `Suspended: ${missing.join(', ')}`,
    ),
    required('zones-enabled', state.zones.length > 0, `Zones: ${state.zones.join(', ') || 'none'}`),
    advisory('several-zones', state.zones.length > 1, `${state.zones.length} zones`),
  ];
}

function capacityChecks(step: Step, state: Group, desiredCapacity: number): Check[] {
  const isEnough = state.maxSize >= desiredCapacity;
  const raise = step.mayRaiseMaxSize ? 'may be raised' : 'may not be raised';
  return [
    required(
      'max-size',
      isEnough || step.mayRaiseMaxSize,
      `MaxSize ${state.maxSize} for ${desiredCapacity}${isEnough ? '' : `, which ${raise}`}`,
    ),
    ...quotaChecks(step, state, desiredCapacity),
  ];
}

/**
 * Without a datapoint of the account's usage, only the group's own instances are counted. A quota that
 * cannot be told is a warning.
 */
function quotaChecks({ vcpus }: Step, state: Group, desiredCapacity: number): Check[] {
  if (vcpus === undefined) return [];
  const quota = vcpus.quota ?? state.vcpuQuota;
  const more = Math.max(0, desiredCapacity - state.liveCount) * vcpus.perInstance;
  const used = state.usedVcpus ?? state.liveCount * vcpus.perInstance;
  const known = state.usedVcpus === null ? 'used by the group alone' : 'used';
  const detail = `${used} vCPUs ${known}, ${more} more wanted, quota`;
  return quota === null
    ? [advisory('vcpu-quota', false, `${detail} not known: ${state.quotaProblem}`)]
    : [required('vcpu-quota', used + more <= quota, `${detail} ${quota}`)];
}
