import {
  DeleteObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import {
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
import { ObjectUnreadableError } from '../errors.ts';
import { NameSchema, stepFields } from './step-fields.ts';
import { type ApiCall, required, type StepRun, stepKind } from './step-kind.ts';

/**
 * An inverted Route 53 health check watches the object: while it is there, the Region that the check
 * stands for counts as unhealthy, and its records take no traffic. S3's data plane is all it takes.
 */
const Schema = strictObject({
  kind: literal('health-check-object'),
  bucket: NameSchema,
  key: NameSchema,
  /** The bucket's Region; the run's own by default. */
  region: optional(NameSchema),
  object: optional(picklist(['present', 'absent']), 'present'),
  /** How long the health checkers may take to notice: three failures thirty seconds apart. */
  settleSeconds: optional(pipe(number(), integer(), minValue(0), maxValue(600)), 90),
  undo: optional(picklist(['graceful', 'never']), 'graceful'),
  ...stepFields(300, 10),
});

const StateSchema = object({
  isPresent: boolean(),
  /** Since when it has been there; null where it is not. */
  since: nullable(string()),
  readAt: string(),
  /** When the run began to change it; null before it did. */
  startedAt: nullable(string()),
});

const DecisionSchema = object({ isPresent: boolean() });

type Step = InferOutput<typeof Schema>;

/** Traffic by the object that an inverted health check watches. */
export const healthCheckObject = stepKind({
  kind: 'health-check-object',
  schema: Schema,
  state: StateSchema,
  decision: DecisionSchema,

  targetsOf: ({ bucket, key }) => [`s3:${bucket}/${key}`],

  async stateOf(step, run) {
    const since = await lastModified(run.clients.s3(regionOf(step, run)), step);
    return {
      isPresent: since !== undefined,
      since: since?.toISOString() ?? null,
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
    ],
    decision: { isPresent: step.object === 'present' },
  }),

  callsFor: (step, { isPresent }, state, run) =>
    state.isPresent === isPresent ? [] : [callTo(step, isPresent, run)],

  // The health checkers tell nobody when they have noticed, so they are given their time.
  progress({ settleSeconds }, { isPresent }, state) {
    if (state.isPresent !== isPresent) {
      return { status: 'pending', detail: state.isPresent ? 'Still present' : 'Still absent' };
    }
    const changedMs = Date.parse(state.since ?? state.startedAt ?? state.readAt);
    const settledMs = changedMs + settleSeconds * 1_000;
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
    if (state.isPresent === before.isPresent) {
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
      calls: [callTo(step, before.isPresent, run)],
    };
  },
});

const CallSchema = object({ Bucket: string(), Key: string(), Body: optional(string()) });

function regionOf({ region }: Step, run: StepRun): string {
  return region ?? run.region;
}

function callTo(step: Step, isPresent: boolean, run: StepRun): ApiCall {
  const { bucket: Bucket, key: Key } = step;
  const head = { service: 's3', region: regionOf(step, run) };
  return isPresent
    ? {
        ...head,
        action: 'PutObject',
        parameters: { Bucket, Key, Body: JSON.stringify({ failoverId: run.failoverId }) },
      }
    : { ...head, action: 'DeleteObject', parameters: { Bucket, Key } };
}

async function lastModified(client: S3Client, { bucket, key }: Step): Promise<Date | undefined> {
  try {
    const { LastModified } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return LastModified;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    if (!(error instanceof S3ServiceException)) throw error;
    // AWS: an answer to HEAD has no body, so that the SDK finds no name of the error in it.
    const { httpStatusCode: status } = error.$metadata;
    const reason = status === 403 ? 'access is denied' : `S3 answers ${status}`;
    throw new ObjectUnreadableError(`Cannot read s3://${bucket}/${key}: ${reason}`, {
      cause: error,
    });
  }
}
