import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  array,
  boolean,
  type InferOutput,
  integer,
  literal,
  maxValue,
  minValue,
  nullable,
  number,
  object,
  optional,
  parse,
  picklist,
  pipe,
  strictObject,
  string,
} from 'valibot';
import { glanceAt, lastModified, type StandbyObject, whyHidden } from './standby-object.ts';
import { NameSchema, stepFields } from './step-fields.ts';
import {
  type ApiCall,
  advisory,
  type Check,
  required,
  type StepRun,
  stepKind,
} from './step-kind.ts';

/** An object, and the Region of its bucket; the run's own by default. */
const objectFields = { bucket: NameSchema, key: NameSchema, region: optional(NameSchema) };

/**
 * An inverted Route 53 health check watches the object: while it is there, the Region that the check
 * stands for counts as unhealthy, and its records take no traffic. S3's data plane is all it takes.
 */
const Schema = strictObject({
  kind: literal('health-check-object'),
  ...objectFields,
  /**
   * The object that declares the run's own Region stopped, as long as it is there. In this Region's
   * buckets the run removes it; elsewhere it only looks, for a recovery depends on no Region but
   * its own.
   */
  stops: optional(array(strictObject(objectFields)), []),
  object: optional(picklist(['present', 'absent']), 'present'),
  /** Time that the health checkers may take to notice: three failures thirty seconds apart. */
  settleSeconds: optional(pipe(number(), integer(), minValue(0), maxValue(600)), 90),
  undo: optional(picklist(['graceful', 'never']), 'graceful'),
  ...stepFields(300, 10),
});

const StopSchema = object({
  bucket: string(),
  key: string(),
  region: string(),
  since: nullable(string()),
  problem: nullable(string()),
});

const StateSchema = object({
  isPresent: boolean(),
  /** Since when it has been there; null where it is not. */
  since: nullable(string()),
  /**
   * The objects that declare this Region stopped: in its own buckets, and, where not only
   * watching, elsewhere.
   */
  stopsHere: optional(array(StopSchema), []),
  stopsElsewhere: optional(array(StopSchema), []),
  /** Why health checkers cannot see the object; null where they can, left out where nobody asked. */
  hidden: optional(nullable(string())),
  readAt: string(),
  /** When the run began to change it; null before it did. */
  startedAt: nullable(string()),
});

const DecisionSchema = object({
  isPresent: boolean(),
  /** Whether the run has to declare its own Region well again. */
  clearsStops: optional(boolean(), false),
});

type Step = InferOutput<typeof Schema>;
type State = InferOutput<typeof StateSchema>;
type Decision = InferOutput<typeof DecisionSchema>;

/** Traffic by the object that an inverted health check watches. */
export const healthCheckObject = stepKind({
  kind: 'health-check-object',
  schema: Schema,
  state: StateSchema,
  decision: DecisionSchema,
  ungraceful: () => 'a run that fails leaves the traffic where it is',

  targetsOf: (step, region) =>
    [step, ...step.stops.filter((stop) => regionOf(stop, { region }) === region)].map(
      ({ bucket, key }) => `s3:${bucket}/${key}`,
    ),

  async stateOf(step, run, purpose) {
    const here = step.stops.filter((stop) => regionOf(stop, run) === run.region);
    const elsewhere = step.stops.filter((stop) => !here.includes(stop));
    const isJudging = purpose === 'judge';
    const [since, stopsHere, stopsElsewhere, hidden] = await Promise.all([
      lastModified(run.clients.s3(regionOf(step, run)), step),
      Promise.all(here.map((stop) => readStop(stop, run))),
      isJudging ? Promise.all(elsewhere.map((stop) => glanceAtStop(stop, run))) : [],
      isJudging ? whyHidden(run.clients.s3(regionOf(step, run)), step.bucket) : undefined,
    ]);
    return {
      isPresent: since !== undefined,
      since: since?.toISOString() ?? null,
      stopsHere,
      stopsElsewhere,
      ...(hidden === undefined ? {} : { hidden }),
      readAt: run.now.toISOString(),
      startedAt: run.startedAt?.toISOString() ?? null,
    };
  },

  judge: (step, state) => ({
    checks: [
      required(
        'object-readable',
        true,
        state.isPresent ? `Present since ${state.since}` : 'Absent',
      ),
      ...publicChecks(step, state),
      ...stopChecks(state),
    ],
    decision: {
      isPresent: step.object === 'present',
      clearsStops: presentStops(state).length > 0,
    },
  }),

  // This Region is declared well first, so that at no time both are stopped.
  callsFor: (step, { isPresent }, state, run) => [
    ...presentStops(state).map((stop) => callTo(stop, false, run)),
    ...(state.isPresent === isPresent ? [] : [callTo(step, isPresent, run)]),
  ],

  // The health checkers tell nobody when they have noticed, so they are given their time.
  progress({ settleSeconds }, decision, state) {
    const { isPresent } = decision;
    if (presentStops(state).length > 0) {
      return { status: 'pending', detail: 'This Region is still declared stopped' };
    }
    if (state.isPresent !== isPresent) {
      return { status: 'pending', detail: state.isPresent ? 'Still present' : 'Still absent' };
    }
    const settledMs = changedMs(decision, state) + settleSeconds * 1_000;
    const isSettled = Date.parse(state.readAt) >= settledMs;
    const word = isPresent ? 'Present' : 'Absent';
    return isSettled
      ? { status: 'done', detail: `${word}, and the health checkers have noticed` }
      : { status: 'pending', detail: `${word}; settled at ${new Date(settledMs).toISOString()}` };
  },

  async perform({ action, region, parameters }, run) {
    const { Bucket, Key, Body } = parse(CallSchema, parameters);
    const client = run.clients.s3(region);
    const { $metadata: metadata } = await (action === 'PutObject'
      ? client.send(
          new PutObjectCommand({ Bucket, Key, Body: Body ?? '', ContentType: 'application/json' }),
        )
      : client.send(new DeleteObjectCommand({ Bucket, Key })));
    return metadata.requestId ?? '';
  },

  reversal(step, decision, before, state, run) {
    const calls = [
      ...(state.isPresent === before.isPresent ? [] : [callTo(step, before.isPresent, run)]),
      ...presentStops(before)
        .filter(({ key, bucket }) => !isThere(presentStops(state), { bucket, key }))
        .map((stop) => callTo(stop, true, run)),
    ];
    if (calls.length === 0) {
      return {
        kind: 'undone',
        detail: state.isPresent ? 'Present, as before' : 'Absent, as before',
      };
    }
    if (step.undo === 'never' || run.mode === 'ungraceful') {
      return {
        kind: 'kept',
        detail: 'The Region that was left is not known to be well, so the traffic stays',
      };
    }
    return {
      kind: 'calls',
      detail: decision.isPresent ? 'The object goes again' : 'The object comes back',
      calls,
    };
  },
});

const CallSchema = object({ Bucket: string(), Key: string(), Body: optional(string()) });

type Stop = InferOutput<typeof StopSchema>;

function regionOf(
  { region }: { readonly region?: string | undefined },
  run: Pick<StepRun, 'region'>,
): string {
  return region ?? run.region;
}

async function readStop(stop: Step['stops'][number], run: StepRun): Promise<Stop> {
  const since = await lastModified(run.clients.s3(run.region), stop);
  return { ...stop, region: run.region, since: since?.toISOString() ?? null, problem: null };
}

async function glanceAtStop(stop: Step['stops'][number], run: StepRun): Promise<Stop> {
  const region = regionOf(stop, run);
  return { ...stop, region, ...(await glanceAt(run.clients.s3(region), stop)) };
}

function presentStops({ stopsHere }: State): readonly Stop[] {
  return stopsHere.filter(({ since }) => since !== null);
}

function isThere(objects: readonly StandbyObject[], { bucket, key }: StandbyObject): boolean {
  return objects.some((one) => one.bucket === bucket && one.key === key);
}

/** A warning: an object that health checkers cannot see moves no traffic, and nobody is told. */
function publicChecks({ bucket, key }: Step, { hidden }: State): readonly Check[] {
  if (hidden === undefined) return [];
  const detail =
    hidden === null
      ? `The policy of s3://${bucket} lets health checkers in`
      : `Health checkers cannot see s3://${bucket}/${key}: ${hidden}`;
  return [advisory('object-public', hidden === null, detail)];
}

/** Reported only: what is stopped elsewhere is no reason not to move the rest. */
function stopChecks({ stopsHere, stopsElsewhere }: State): readonly Check[] {
  return [
    ...stopsHere.map(({ bucket, key, since }) =>
      advisory(
        'region-not-stopped',
        true,
        `s3://${bucket}/${key} is ${since === null ? 'absent' : 'removed by the run'}`,
      ),
    ),
    ...stopsElsewhere.map((stop) =>
      advisory(
        'region-not-stopped',
        stop.since === null && stop.problem === null,
        stopDetail(stop),
      ),
    ),
  ];
}

function stopDetail({ bucket, key, region, since, problem }: Stop): string {
  const name = `s3://${bucket}/${key}`;
  if (problem !== null) return `${name} cannot be read: ${problem}`;
  return since === null
    ? `${name} is absent`
    : `${name} has kept the traffic away since ${since}; to let it come: aws s3 rm ${name} --region ${region}`;
}

/** When the last thing that health checkers have to notice was changed. */
function changedMs({ clearsStops }: Decision, { since, startedAt, readAt }: State): number {
  const startedMs = Date.parse(startedAt ?? readAt);
  if (since === null) return startedMs;
  return clearsStops ? Math.max(startedMs, Date.parse(since)) : Date.parse(since);
}

function callTo(
  { bucket: Bucket, key: Key, region }: StandbyObject & { readonly region?: string | undefined },
  isPresent: boolean,
  run: StepRun,
): ApiCall {
  const head = { service: 's3', region: regionOf({ region }, run) };
  return isPresent
    ? {
        ...head,
        action: 'PutObject',
        parameters: { Bucket, Key, Body: JSON.stringify({ failoverId: run.failoverId }) },
      }
    : { ...head, action: 'DeleteObject', parameters: { Bucket, Key } };
}
