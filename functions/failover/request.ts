import {
  array,
  type InferOutput,
  integer,
  literal,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
} from 'valibot';

/** ISO 8601 in UTC, of whole seconds or with milliseconds. */
const InstantSchema = pipe(
  string(),
  regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/,
    'Is not a time in UTC',
  ),
);

/** The detail of the event FailoverRequested, as `events/failover/failover-requested.schema.json` has it. */
export const FailoverRequestedSchema = strictObject({
  version: literal(1),
  scenario: pipe(string(), minLength(1), maxLength(32)),
  mode: picklist(['graceful', 'ungraceful']),
  /** A drill does the real thing and is counted as a drill; a dry run only reads. */
  kind: picklist(['real', 'drill', 'dry-run']),
  reason: pipe(string(), minLength(1), maxLength(1_000)),
  requestedBy: pipe(string(), minLength(1), maxLength(256)),
  /** The failover's id where it is given: asking twice under one id runs once. */
  requestId: optional(pipe(string(), regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Is not an id'))),
  /** The database instance to promote, in place of the one that the workflow would choose. */
  targetInstance: optional(pipe(string(), minLength(1), maxLength(63))),
  /** The capacity to reach, in place of the plan's. */
  desiredCapacity: optional(pipe(number(), integer(), minValue(1), maxValue(10_000))),
  /** Names of waves that are left out, such as one whose part is known to be well, or lost for good. */
  skipWaves: optional(pipe(array(pipe(string(), minLength(1), maxLength(32))), maxLength(5))),
  /** When somebody first noticed; the recovery's time is counted from here. */
  detectedAt: optional(InstantSchema),
});

/** The event that starts a failover. */
export type Origin = 'operator' | 'schedule' | 'alarm' | 'rds' | 'health';

/** The request, whoever makes it. */
export interface FailoverRequest
  extends Omit<InferOutput<typeof FailoverRequestedSchema>, 'version' | 'requestId'> {
  readonly failoverId: string;
  readonly origin: Origin;
  readonly detectedAt: string;
  /** The database instance whose failure is the reason. */
  readonly failedInstance?: string | undefined;
  /** The alarm that is the reason. */
  readonly alarm?: string | undefined;
}
