import {
  array,
  type InferOutput,
  looseObject,
  nullish,
  object,
  optional,
  picklist,
  safeParse,
  string,
  union,
  unknown,
} from 'valibot';
import { parseJson } from '../../shared/parse-json.ts';
import { FailoverOutcomeSchema } from '../failover-outcome.ts';
import { EventSchema, failoverIdOf } from '../read-request.ts';

const InstantSchema = nullish(string());

/** The workflow's report of a run that ends; times in ISO 8601. */
export const ClosingSchema = object({
  failoverId: string(),
  executionArn: string(),
  outcome: FailoverOutcomeSchema,
  now: string(),
  /** Known from the trail where the run got as far as its claim. */
  scenario: optional(string()),
  failure: nullish(object({ Error: string(), Cause: nullish(string()) })),
  phases: optional(
    object({
      approvedAt: InstantSchema,
      startedAt: InstantSchema,
      switchedAt: InstantSchema,
      verifiedAt: InstantSchema,
    }),
  ),
  approval: nullish(looseObject({})),
  checks: optional(array(unknown())),
});

/** The facts about a run that ends. */
export type Closing = InferOutput<typeof ClosingSchema>;

/** The `aws.states` event "Step Functions Execution Status Change", as far as it is read. */
const ExecutionEndedSchema = object({
  source: string(),
  time: string(),
  detail: object({
    executionArn: string(),
    name: string(),
    status: picklist(['FAILED', 'TIMED_OUT', 'ABORTED']),
    /** Null where it is larger than 248 KiB. */
    input: nullish(string()),
    error: nullish(string()),
    cause: nullish(string()),
  }),
});

type ExecutionEnded = InferOutput<typeof ExecutionEndedSchema>;

/** The input of the function: the workflow's own report, or the event of its end. */
export const CloseFailoverSchema = union([ClosingSchema, ExecutionEndedSchema]);

const ENDED = { FAILED: 'failed', TIMED_OUT: 'timed-out', ABORTED: 'aborted' } as const;

/**
 * Reads what is known of the end. A run that could not be closed hands its own word on as the cause of
 * `FailoverNotClosedError`; of any other that died, its input says which failover it was.
 */
export function toClosing(input: InferOutput<typeof CloseFailoverSchema>): Closing {
  if ('outcome' in input) return input;
  const { detail, time } = input;
  return (
    unclosed(input) ?? {
      failoverId: idOfInput(detail),
      executionArn: detail.executionArn,
      outcome: ENDED[detail.status],
      now: time,
      failure: {
        Error: detail.error ?? `Execution.${detail.status}`,
        Cause: detail.cause ?? `The execution ended ${detail.status}`,
      },
    }
  );
}

function unclosed({ detail }: ExecutionEnded): Closing | undefined {
  if (detail.error !== 'FailoverNotClosedError') return undefined;
  const parsed = safeParse(ClosingSchema, parseJson(detail.cause ?? ''));
  return parsed.success ? parsed.output : undefined;
}

function idOfInput({ input, name }: ExecutionEnded['detail']): string {
  const parsed = safeParse(EventSchema, parseJson(input ?? ''));
  return parsed.success ? failoverIdOf(parsed.output) : `execution-${name}`;
}
