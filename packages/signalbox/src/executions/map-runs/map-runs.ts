import type { MapRunStatus } from '@aws-sdk/client-sfn';
import type { ExecutionStatus } from '../../history/summary.ts';
import type { MapRunRequest, MapRunSettings } from '../../states-language/ports.ts';
import { checkArn } from '../arns.ts';
import { resourceNotFound } from '../refusals.ts';

/** A Map Run, as far as its children's histories do not hold it. */
export interface MapRunRecord {
  readonly arn: string;
  /** The execution whose Map state it is. */
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly startDate: Date;
  /** The children that have begun, by what became of them so far. */
  readonly tallies: Readonly<Record<ExecutionStatus, MapRunTally>>;
  readonly request: MapRunRequest;
  stopDate: Date | undefined;
  status: MapRunStatus;
  totals: { readonly items: number; readonly executions: number };
  /** Set by UpdateMapRun. */
  changed: MapRunSettings | undefined;
}

/** The number of some child executions, and of the items that they were given. */
export interface MapRunTally {
  items: number;
  executions: number;
}

/** The Map Runs of this process. */
export interface MapRuns {
  add(record: MapRunRecord): void;
  /** @throws {AwsError} `InvalidArn` or `ResourceNotFound`. */
  get(arn: string): MapRunRecord;
  /** Those of an execution, in the order in which they began. */
  ofExecution(executionArn: string): readonly MapRunRecord[];
}

/** Creates an empty registry. */
export function createMapRuns(): MapRuns {
  const byArn = new Map<string, MapRunRecord>();
  const byExecution = new Map<string, MapRunRecord[]>();
  return {
    add(record) {
      byArn.set(record.arn, record);
      const ofExecution = byExecution.get(record.executionArn);
      if (ofExecution === undefined) byExecution.set(record.executionArn, [record]);
      else ofExecution.push(record);
    },
    get(arn) {
      checkArn(arn, 'mapRun');
      const record = byArn.get(arn);
      if (record === undefined) throw resourceNotFound(arn);
      return record;
    },
    ofExecution: (executionArn) => byExecution.get(executionArn) ?? [],
  };
}

/** The settings by which a Map Run goes on now. */
export function settingsOf({ changed, request }: MapRunRecord): MapRunSettings {
  if (changed !== undefined) return changed;
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = request;
  return { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage };
}

/** The tallies of a Map Run that has no children yet. */
export function emptyTallies(): Readonly<Record<ExecutionStatus, MapRunTally>> {
  const empty = (): MapRunTally => ({ items: 0, executions: 0 });
  return {
    RUNNING: empty(),
    SUCCEEDED: empty(),
    FAILED: empty(),
    TIMED_OUT: empty(),
    ABORTED: empty(),
  };
}

/** Counts a child execution in, or with -1 out. */
export function addToTally(tally: MapRunTally, itemCount: number, times: 1 | -1 = 1): void {
  tally.items += times * itemCount;
  tally.executions += times;
}
