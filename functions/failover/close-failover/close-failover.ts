import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Failover } from '../failover.ts';
import { isFailed } from '../failover-outcome.ts';
import type { FailoverMetric } from '../metrics.ts';
import type { ClosingRecord } from '../report/record.ts';
import { entryPut, type TrailEntry } from '../trail.ts';
import type { Closing } from './closing.ts';

/** A metric to emit. */
export interface Count {
  readonly name: FailoverMetric;
  readonly value: number;
  readonly by?: Readonly<Record<string, string>>;
}

/** Says what a failover's end counts as. */
export function countsOf(record: ClosingRecord): readonly Count[] {
  const { outcome, scenario, kind, breaches } = record;
  const by = { Scenario: scenario, Kind: kind };
  if (outcome === 'suppressed' || outcome === 'cooling-down') {
    return [{ name: 'FailoversSuppressed', value: 1, by: { Reason: outcome } }];
  }
  return [
    { name: 'Failovers', value: 1, by: { ...by, Outcome: outcome } },
    ...(kind === 'drill' ? [{ name: 'Drills', value: 1, by: { Outcome: outcome } } as const] : []),
    ...(isFailed(outcome) ? [{ name: 'FailoversFailed', value: 1 } as const] : []),
    ...measured('RecoveryTimeSeconds', record.recoveryTimeSeconds, by),
    ...measured('RecoveryPointSeconds', record.recoveryPointSeconds, by),
    ...(outcome === 'completed'
      ? [{ name: 'ObjectivesBreached', value: breaches.length, by } as const]
      : []),
  ];
}

function measured(
  name: FailoverMetric,
  value: number | null,
  by: Readonly<Record<string, string>>,
): readonly Count[] {
  return value === null ? [] : [{ name, value, by }];
}

/**
 * The entry that closes the trail. A run that ended before the failover was its own closes nothing:
 * it leaves a note under its own name.
 */
export function closingEntry(closing: Closing, record: ClosingRecord, isOurs: boolean): TrailEntry {
  const { failoverId, executionArn } = closing;
  const execution = executionArn.split(':').at(-1) ?? '';
  return { failoverId, entryId: isOurs ? 'closed' : `ended#${execution}`, ...record };
}

/** Keeps when the plan's scenario was last drilled, unless a later drill is kept already. */
export function drillPut(
  tableName: string,
  failoverId: string,
  { plan, scenario }: Pick<Failover, 'plan' | 'scenario'>,
  at: string,
): PutCommandInput {
  const entry = { failoverId: `plan:${plan}`, entryId: `drill#${scenario}`, at, drill: failoverId };
  return {
    ...entryPut(tableName, entry),
    ConditionExpression: 'attribute_not_exists(entryId) OR #at < :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': at },
  };
}

/** The key of the report, without its ending. */
export function reportKey(failoverId: string): string {
  return `failovers/${failoverId}/report`;
}

/** The workflow's result of the end. */
export interface Closed {
  readonly failoverId: string;
  /** `duplicate` where the failover is another execution's, which closes it itself. */
  readonly outcome: ClosingRecord['outcome'] | 'duplicate';
  /** The reason of this end, fit to be read. */
  readonly failure: ClosingRecord['failure'];
  readonly recoveryTimeSeconds: number | null;
  readonly recoveryPointSeconds: number | null;
  readonly breaches: readonly string[];
  /** The key of the report in the bucket, in JSON and in Markdown. */
  readonly report: string | null;
}

/** The workflow's result from a record; without one, the failover is another execution's. */
export function closedAs(failoverId: string, record: ClosingRecord | undefined): Closed {
  return {
    failoverId,
    outcome: record?.outcome ?? 'duplicate',
    failure: record?.failure ?? null,
    recoveryTimeSeconds: record?.recoveryTimeSeconds ?? null,
    recoveryPointSeconds: record?.recoveryPointSeconds ?? null,
    breaches: record?.breaches ?? [],
    report: record === undefined ? null : `${reportKey(failoverId)}.json`,
  };
}
