import { FailoverDBClusterCommand } from '@aws-sdk/client-rds';
import {
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
  strictObject,
  string,
} from 'valibot';
import { chooseTarget } from './choose-target.ts';
import { ClusterStateSchema, isWorking, readCluster, statusOf, writerOf } from './cluster-state.ts';
import { latestDatapoint } from './latest-datapoint.ts';
import { NEEDS_A_WRITER } from './needs-a-writer.ts';
import { NameSchema, stepFields } from './step-fields.ts';
import { advisory, type Check, reason, required, type StepRun, stepKind } from './step-kind.ts';

/** A reader of the cluster becomes its writer: `FailoverDBCluster`, within the Region. */
const Schema = strictObject({
  kind: literal('aurora-cluster'),
  cluster: NameSchema,
  /** The reader to promote, where an operator names one. */
  targetInstance: optional(NameSchema),
  maxReplicaLagMs: optional(pipe(number(), integer(), minValue(1)), 2_000),
  ...stepFields(600, 5),
});

const StateSchema = object({
  cluster: ClusterStateSchema,
  /** Of the reader that would be promoted; null where CloudWatch has none, or where only watching. */
  replicaLagMs: nullable(number()),
});

const DecisionSchema = object({ target: string(), oldWriter: string() });

type Step = InferOutput<typeof Schema>;
type State = InferOutput<typeof StateSchema>;

/** Engines whose clusters fail over to a named reader; RDS for MySQL Multi-AZ clusters do not. */
const ENGINES = /^(aurora|aurora-mysql|aurora-postgresql|postgres)$/;

/** The failover of an Aurora cluster within its Region. */
export const auroraCluster = stepKind({
  kind: 'aurora-cluster',
  schema: Schema,
  state: StateSchema,
  decision: DecisionSchema,
  needed: NEEDS_A_WRITER,
  ungraceful: () => 'a replica that lags behind keeps nobody from it',

  targetsOf: ({ cluster }, region) => [`aurora:${region}:${cluster}`],

  async stateOf(step, run, purpose) {
    const cluster = await readCluster(run.clients.rds(run.region), step.cluster);
    const target = step.targetInstance ?? chooseTarget(cluster.members);
    const lag =
      purpose === 'watch' || target === undefined
        ? undefined
        : await latestDatapoint(
            run.clients.cloudWatch(run.region),
            {
              namespace: 'AWS/RDS',
              metric: 'AuroraReplicaLag',
              dimension: 'DBInstanceIdentifier',
              value: target,
            },
            run.now,
          );
    return { cluster, replicaLagMs: lag ?? null };
  },

  judge(step, state, run) {
    const target = step.targetInstance ?? chooseTarget(state.cluster.members);
    const writer = writerOf(state.cluster);
    return {
      checks: [
        ...clusterChecks(step, state),
        ...writerChecks(state, run),
        ...lagChecks(step, state, run),
      ],
      decision: target === undefined ? undefined : { target, oldWriter: writer ?? '' },
    };
  },

  callsFor({ cluster }, { target }, state, { region }) {
    const isUnderWay = state.cluster.status === 'failing-over';
    if (!state.cluster.isFound || isUnderWay || writerOf(state.cluster) === target) return [];
    return [
      {
        service: 'rds',
        action: 'FailoverDBCluster',
        region,
        parameters: { DBClusterIdentifier: cluster, TargetDBInstanceIdentifier: target },
      },
    ];
  },

  // The flag of the writer lags behind, and RDS's own events may be missing: only the state counts.
  progress({ cluster: name }, { target }, { cluster }) {
    if (!cluster.isFound) return { status: 'failed', detail: `There is no cluster ${name}` };
    const writer = writerOf(cluster) ?? 'nobody';
    const targetStatus = statusOf(cluster, target);
    const detail = `Cluster ${cluster.status}, writer ${writer}, ${target} ${targetStatus ?? 'is no member'}`;
    if (targetStatus === undefined) return { status: 'failed', detail };
    const isDone =
      cluster.status === 'available' && writer === target && targetStatus === 'available';
    return { status: isDone ? 'done' : 'pending', detail };
  },

  async perform({ parameters }, run) {
    const { DBClusterIdentifier, TargetDBInstanceIdentifier } = parse(CallSchema, parameters);
    const { $metadata: metadata } = await run.clients
      .rds(run.region)
      .send(new FailoverDBClusterCommand({ DBClusterIdentifier, TargetDBInstanceIdentifier }));
    return metadata.requestId ?? '';
  },

  reversal(_, { target }, before, { cluster }) {
    const oldWriter = writerOf(before.cluster) ?? 'nobody';
    const writer = writerOf(cluster) ?? 'nobody';
    if (writer === oldWriter && cluster.status !== 'failing-over') {
      return { kind: 'nothing', detail: `The writer is ${writer}, as before` };
    }
    return {
      kind: 'kept',
      detail: `A failover is never reversed by itself: the writer was ${oldWriter} and is ${writer} (wanted ${target}); failing back takes a failover of its own, with its approval`,
    };
  },

  // The storage is shared by the whole cluster: what was committed is there.
  recoveryPointSeconds: () => 0,
});

const CallSchema = object({
  DBClusterIdentifier: string(),
  TargetDBInstanceIdentifier: string(),
});

function clusterChecks({ cluster: name, targetInstance }: Step, { cluster }: State): Check[] {
  const readers = cluster.members.filter(({ isWriter }) => !isWriter);
  const available = readers.filter(({ status }) => status === 'available').map(({ id }) => id);
  const checks = [
    required('cluster-exists', cluster.isFound, `${name} is ${cluster.isFound ? '' : 'not '}there`),
    required('cluster-available', cluster.status === 'available', `Status ${cluster.status}`),
    required('engine-supported', ENGINES.test(cluster.engine), `Engine ${cluster.engine}`),
    required(
      'reader-available',
      available.length > 0,
      `${available.length} of ${readers.length} readers available: ${available.join(', ')}`,
    ),
  ];
  return targetInstance === undefined
    ? checks
    : [...checks, ...targetChecks(targetInstance, cluster)];
}

function targetChecks(target: string, cluster: State['cluster']): Check[] {
  const status = statusOf(cluster, target);
  return [
    required('target-is-member', status !== undefined, `${target} in the cluster's members`),
    required('target-is-reader', writerOf(cluster) !== target, `Writer ${writerOf(cluster)}`),
    required('target-available', status === 'available', `${target} is ${status ?? 'no member'}`),
  ];
}

/** A reader that fails is no reason to move the writer, and no alarm is while the writer works. */
function writerChecks({ cluster }: State, { failedInstance, isUnattended }: StepRun): Check[] {
  const writer = writerOf(cluster);
  const status = writer === undefined ? undefined : statusOf(cluster, writer);
  return [
    ...(failedInstance === undefined
      ? []
      : [
          reason(
            'failed-instance-is-writer',
            failedInstance === writer,
            `${failedInstance} failed, the writer is ${writer}`,
          ),
        ]),
    ...(isUnattended === true
      ? [
          reason(
            'writer-unavailable',
            !isWorking(status),
            writer === undefined ? 'There is no writer' : `The writer ${writer} is ${status}`,
          ),
        ]
      : []),
  ];
}

function lagChecks(step: Step, { replicaLagMs: lagMs }: State, { mode }: StepRun): Check[] {
  if (lagMs === null) return [advisory('replica-lag', false, 'CloudWatch has no datapoint of it')];
  const level = mode === 'graceful' ? required : advisory;
  return [
    level(
      'replica-lag',
      lagMs <= step.maxReplicaLagMs,
      `${lagMs} ms of at most ${step.maxReplicaLagMs} ms`,
    ),
  ];
}
