import {
  DescribeGlobalClustersCommand,
  FailoverGlobalClusterCommand,
  type GlobalCluster,
  GlobalClusterNotFoundFault,
  type RDSClient,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds';
import {
  array,
  boolean,
  type InferOutput,
  integer,
  literal,
  minValue,
  nullable,
  number,
  object,
  optional,
  parse,
  pipe,
  regex,
  strictObject,
  string,
} from 'valibot';
import { ClusterStateSchema, readCluster, writerOf } from './cluster-state.ts';
import { latestDatapoint } from './latest-datapoint.ts';
import { NEEDS_A_WRITER } from './needs-a-writer.ts';
import { NameSchema, stepFields } from './step-fields.ts';
import { advisory, type Check, type Mode, required, type StepRun, stepKind } from './step-kind.ts';

const CLUSTER_ARN = /^arn:[^:]+:rds:([a-z0-9-]+):\d{12}:cluster:(.+)$/;

/**
 * The secondary cluster of a global database becomes its primary. Graceful is `SwitchoverGlobalCluster`,
 * which loses nothing; ungraceful is `FailoverGlobalCluster` with `AllowDataLoss`. Both are called in
 * the target's Region, for the other may be gone.
 */
const Schema = strictObject({
  kind: literal('aurora-global-cluster'),
  globalCluster: NameSchema,
  /** The ARN of the cluster that becomes the primary: the API takes no identifier. */
  targetCluster: pipe(string(), regex(CLUSTER_ARN, 'Is not the ARN of a cluster')),
  maxLagMs: optional(pipe(number(), integer(), minValue(1)), 60_000),
  ...stepFields(900, 10),
});

const StateSchema = object({
  isFound: boolean(),
  status: string(),
  /** Such as `failing-over` or `switching-over`; empty when nothing is under way. */
  failoverStatus: string(),
  members: array(object({ arn: string(), isWriter: boolean(), synchronizationStatus: string() })),
  target: ClusterStateSchema,
  /** The target's lag, 0 if it is the primary; null if CloudWatch has none, or if the step is only watched. */
  lagMs: nullable(number()),
});

const DecisionSchema = object({ target: string(), oldWriter: string() });

const CallSchema = object({
  GlobalClusterIdentifier: string(),
  TargetDbClusterIdentifier: string(),
});

type Step = InferOutput<typeof Schema>;
type State = InferOutput<typeof StateSchema>;

/** The switchover or failover of an Aurora global database to the Region of the run. */
export const auroraGlobalCluster = stepKind({
  kind: 'aurora-global-cluster',
  schema: Schema,
  state: StateSchema,
  decision: DecisionSchema,
  needed: NEEDS_A_WRITER,
  ungraceful: () => 'it fails over with data loss allowed, once no switchover is under way',

  targetsOf: (step) => [
    `aurora-global:${step.globalCluster}`,
    `aurora:${regionOf(step)}:${identifierOf(step)}`,
  ],

  async stateOf(step, run, purpose) {
    const client = run.clients.rds(regionOf(step));
    const [global, target] = await Promise.all([
      describeGlobalCluster(client, step.globalCluster),
      readCluster(client, identifierOf(step)),
    ]);
    const state = globalState(global);
    const lag = purpose === 'watch' ? undefined : await lagOf(step, state, run);
    return { ...state, target, lagMs: lag ?? null };
  },

  judge(step, state, { mode }) {
    const oldWriter = primaryOf(state);
    return {
      checks: [
        ...globalChecks(step, state, mode),
        ...targetChecks(state),
        ...lagChecks(step, state, mode),
      ],
      decision: { target: step.targetCluster, oldWriter: oldWriter ?? '' },
    };
  },

  callsFor(step, { target }, state, { mode }) {
    if (!state.isFound || state.failoverStatus !== '' || primaryOf(state) === target) return [];
    const parameters = {
      GlobalClusterIdentifier: step.globalCluster,
      TargetDbClusterIdentifier: target,
    };
    const region = regionOf(step);
    return mode === 'graceful'
      ? [{ service: 'rds', action: 'SwitchoverGlobalCluster', region, parameters }]
      : [
          {
            service: 'rds',
            action: 'FailoverGlobalCluster',
            region,
            parameters: { ...parameters, AllowDataLoss: true },
          },
        ];
  },

  progress(step, { target }, state) {
    if (!state.isFound) {
      return { status: 'failed', detail: `There is no global cluster ${step.globalCluster}` };
    }
    const writer = writerOf(state.target);
    const isWriterUp = state.target.members.some(
      ({ isWriter, status }) => isWriter && status === 'available',
    );
    const isDone =
      primaryOf(state) === target &&
      state.failoverStatus === '' &&
      state.target.status === 'available' &&
      isWriterUp;
    return {
      status: isDone ? 'done' : 'pending',
      detail: `Primary ${primaryOf(state) ?? 'none'}, ${state.failoverStatus || 'nothing under way'}, target ${state.target.status} with writer ${writer ?? 'none'}`,
    };
  },

  async perform({ action, region, parameters }, run) {
    const names = parse(CallSchema, parameters);
    const client = run.clients.rds(region);
    const { $metadata: metadata } = await (action === 'SwitchoverGlobalCluster'
      ? client.send(new SwitchoverGlobalClusterCommand(names))
      : client.send(new FailoverGlobalClusterCommand({ ...names, AllowDataLoss: true })));
    return metadata.requestId ?? '';
  },

  reversal(_, { oldWriter }, __, state) {
    const primary = primaryOf(state) ?? 'none';
    if (primary === oldWriter && state.failoverStatus === '') {
      return { kind: 'nothing', detail: `The primary is ${primary}, as before` };
    }
    return {
      kind: 'kept',
      detail: `A failover is never reversed by itself: the primary was ${oldWriter} and is ${primary}; failing back takes a failover of its own, with its approval`,
    };
  },

  recoveryPointSeconds: ({ lagMs }, { mode }) =>
    mode === 'graceful' ? 0 : lagMs === null ? null : lagMs / 1_000,
});

function regionOf({ targetCluster }: Step): string {
  return CLUSTER_ARN.exec(targetCluster)?.[1] ?? '';
}

function identifierOf({ targetCluster }: Step): string {
  return CLUSTER_ARN.exec(targetCluster)?.[2] ?? '';
}

function primaryOf({ members }: Pick<State, 'members'>): string | undefined {
  return members.find(({ isWriter }) => isWriter)?.arn;
}

/** A primary is behind nobody, and CloudWatch may still have what it was behind as a secondary. */
async function lagOf(
  step: Step,
  state: Pick<State, 'members'>,
  { clients, now }: StepRun,
): Promise<number | undefined> {
  if (primaryOf(state) === step.targetCluster) return 0;
  const series = {
    namespace: 'AWS/RDS',
    metric: 'AuroraGlobalDBRPOLag',
    dimension: 'DBClusterIdentifier',
    value: identifierOf(step),
  };
  return latestDatapoint(clients.cloudWatch(regionOf(step)), series, now);
}

async function describeGlobalCluster(
  client: RDSClient,
  identifier: string,
): Promise<GlobalCluster | undefined> {
  try {
    const { GlobalClusters: clusters = [] } = await client.send(
      new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: identifier }),
    );
    return clusters[0];
  } catch (error) {
    if (error instanceof GlobalClusterNotFoundFault) return undefined;
    throw error;
  }
}

function globalState(global: GlobalCluster | undefined): Omit<State, 'target' | 'lagMs'> {
  return {
    isFound: global !== undefined,
    status: global?.Status ?? 'not-found',
    failoverStatus: global?.FailoverState?.Status ?? '',
    members: (global?.GlobalClusterMembers ?? []).map((member) => ({
      arn: member.DBClusterArn ?? '',
      isWriter: member.IsWriter === true,
      synchronizationStatus: member.SynchronizationStatus ?? '',
    })),
  };
}

function globalChecks(step: Step, state: State, mode: Mode): Check[] {
  const { globalCluster: name, targetCluster } = step;
  const member = state.members.find(({ arn }) => arn === targetCluster);
  // If the primary is here already there is nothing to do, and a run goes on with what is left.
  const isHere = member?.isWriter === true;
  const ofHealthy = mode === 'graceful' && !isHere ? required : advisory;
  return [
    required(
      'global-cluster-exists',
      state.isFound,
      `${name} is ${state.isFound ? '' : 'not '}there`,
    ),
    required('nothing-under-way', state.failoverStatus === '', state.failoverStatus || 'Nothing'),
    ofHealthy('global-cluster-available', state.status === 'available', `Status ${state.status}`),
    required(
      'target-is-member',
      member !== undefined,
      `${targetCluster} is ${isHere ? 'the primary already' : member === undefined ? 'no member' : 'a secondary'}`,
    ),
    // AWS reports it for secondaries only if they are connected or waiting to be.
    ofHealthy(
      'target-is-connected',
      member?.synchronizationStatus !== 'pending-resync',
      `Synchronization ${member?.synchronizationStatus || 'not told'}`,
    ),
  ];
}

function targetChecks({ target }: State): Check[] {
  const available = target.members.filter(({ status }) => status === 'available');
  return [
    required('target-available', target.status === 'available', `Target ${target.status}`),
    required(
      'target-has-instance',
      available.length > 0,
      `${available.length} of ${target.members.length} instances available`,
    ),
  ];
}

function lagChecks({ maxLagMs }: Step, { lagMs }: State, mode: Mode): Check[] {
  if (lagMs === null)
    return [advisory('replication-lag', false, 'CloudWatch has no datapoint of it')];
  const level = mode === 'graceful' ? required : advisory;
  return [level('replication-lag', lagMs <= maxLagMs, `${lagMs} ms of at most ${maxLagMs} ms`)];
}
