import * as v from 'valibot';

const Seconds = v.nullable(v.number());

/** A game day's result as it is kept. */
export const DrillResultSchema = v.object({
  version: v.literal(1),
  /** When it was run, in real time (ISO 8601). */
  ranAt: v.string(),
  scenario: v.string(),
  mode: v.picklist(['graceful', 'ungraceful']),
  kind: v.picklist(['drill', 'dry-run']),
  /** The faults that were started before, as `fault` or `fault:target`. */
  broken: v.array(v.string()),
  failoverId: v.string(),
  executionArn: v.string(),
  /** The end of the execution. */
  status: v.string(),
  /** In the workflow's own word, such as `recovered`; or the error that it failed with. */
  outcome: v.string(),
  /** The events of the game day, each with its time on the rehearsal's clock (ISO 8601). */
  timeline: v.array(v.object({ time: v.string(), what: v.string() })),
  /** Null where nothing was recovered. */
  recoveryTimeSeconds: Seconds,
  recoveryTimeObjectiveSeconds: Seconds,
  recoveryPointSeconds: Seconds,
  recoveryPointObjectiveSeconds: Seconds,
  checks: v.array(
    v.object({ name: v.string(), isOk: v.boolean(), isRequired: v.boolean(), detail: v.string() }),
  ),
  /** The calls that the checks found necessary, with their parameters as JSON. */
  plannedCalls: v.array(v.object({ call: v.string(), parameters: v.string() })),
  /** Calls to what is around the app, in the order in which each was first made. */
  calls: v.array(v.object({ call: v.string(), count: v.number(), isMutating: v.boolean() })),
});

/** The result of checking a game day. */
export type DrillResult = v.InferOutput<typeof DrillResultSchema>;

/** Whether a game day showed what it had to show, and why not. */
export interface DrillVerdict {
  readonly isMet: boolean;
  readonly reasons: readonly string[];
}

/**
 * Judges a game day: it must come to its end, within both objectives; a dry run must find every
 * required condition met, and change nothing.
 */
export function verdictOf(result: DrillResult): DrillVerdict {
  const reasons = [
    ...(result.status === 'SUCCEEDED' ? [] : [`the execution ended ${result.status}`]),
    ...(result.kind === 'drill' ? missedObjectives(result) : dryRunFlaws(result)),
  ];
  return { isMet: reasons.length === 0, reasons };
}

function missedObjectives(result: DrillResult): readonly string[] {
  return [
    ...missed('recovery', result.recoveryTimeSeconds, result.recoveryTimeObjectiveSeconds),
    ...missed('data loss', result.recoveryPointSeconds, result.recoveryPointObjectiveSeconds),
  ];
}

function missed(what: string, seconds: number | null, objective: number | null): readonly string[] {
  if (objective === null) return [];
  if (seconds === null) return [`${what} was not measured`];
  return seconds > objective ? [`${what} took ${seconds} s, the objective is ${objective} s`] : [];
}

function dryRunFlaws({ checks, calls }: DrillResult): readonly string[] {
  return [
    ...checks.flatMap(({ name, isOk, isRequired, detail }) =>
      isOk || !isRequired ? [] : [`${name}: ${detail}`],
    ),
    ...calls.flatMap(({ call, isMutating }) => (isMutating ? [`${call} was called`] : [])),
  ];
}
