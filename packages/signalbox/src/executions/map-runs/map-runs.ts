import type { MapRunStatus } from '@aws-sdk/client-sfn';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { unlessFull } from '../../core/unless-full.ts';
import type { HistoryStore } from '../../history/store.ts';
import type { ExecutionStatus } from '../../history/summary.ts';
import type { MapRunRequest, MapRunSettings } from '../../states-language/ports.ts';
import { checkArn } from '../arns.ts';
import { resourceNotFound } from '../refusals.ts';
import { childrenOf } from './children-of.ts';

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
  /** Set where it was redriven. */
  redriven?: MapRunRedrive | undefined;
}

/** The redrives of a Map Run. */
export interface MapRunRedrive {
  readonly count: number;
  readonly date: Date;
  /** The children that were not successful and wait for their redrive. */
  readonly pending: MapRunTally;
  /** Those that cannot be redriven. */
  readonly notRedrivable: MapRunTally;
}

/** The number of some child executions, and of the items that they were given. */
export interface MapRunTally {
  items: number;
  executions: number;
}

/** The Map Runs, with those of earlier processes. */
export interface MapRuns {
  add(record: MapRunRecord): void;
  /** Keeps what has changed of one. @throws {AwsError} `InternalFailure` when the disk does not take it. */
  keep(record: MapRunRecord): void;
  /** @throws {AwsError} `InvalidArn` or `ResourceNotFound`. */
  get(arn: string): MapRunRecord;
  /** Those of an execution, in the order in which they began. */
  ofExecution(executionArn: string): readonly MapRunRecord[];
}

/** The number of Map Runs that are kept: the oldest make room. */
const KEPT = 10_000;

/** Opens the registry; what an earlier process has left running is aborted, since its Map begins anew. */
export function createMapRuns(maps: KeptMaps, store: HistoryStore, now: Date): MapRuns {
  const byArn = maps.map<MapRunRecord>('states/map-runs');
  const byExecution = new Map<string, MapRunRecord[]>();
  for (const record of [...byArn.values()]) {
    list(record);
    if (record.status !== 'RUNNING') continue;
    abort(record, store, now);
    unlessFull(() => byArn.set(record.arn, record));
  }

  function list(record: MapRunRecord): void {
    const ofExecution = byExecution.get(record.executionArn);
    if (ofExecution === undefined) byExecution.set(record.executionArn, [record]);
    else ofExecution.push(record);
  }

  function forgetOldest(): void {
    const [oldest] = byArn.values();
    if (oldest === undefined || byArn.size < KEPT) return;
    byArn.delete(oldest.arn);
    const left = byExecution.get(oldest.executionArn)?.filter((one) => one !== oldest) ?? [];
    if (left.length === 0) byExecution.delete(oldest.executionArn);
    else byExecution.set(oldest.executionArn, left);
  }

  return {
    add(record) {
      // On a full disk it lasts as long as the process: its execution goes on too.
      unlessFull(forgetOldest);
      unlessFull(() => byArn.set(record.arn, record));
      list(record);
    },
    keep: (record) => void byArn.set(record.arn, record),
    get(arn) {
      checkArn(arn, 'mapRun');
      const record = byArn.get(arn);
      if (record === undefined) throw resourceNotFound(arn);
      return record;
    },
    ofExecution: (executionArn) => byExecution.get(executionArn) ?? [],
  };
}

/** The children that ran are aborted with it. */
function abort(record: MapRunRecord, store: HistoryStore, now: Date): void {
  Object.assign(record.tallies, emptyTallies());
  for (const { header, summary } of childrenOf(store, record).values()) {
    const status = summary.status === 'RUNNING' ? 'ABORTED' : summary.status;
    addToTally(record.tallies[status], itemCountOf(JSON.parse(header.input)));
  }
  record.status = 'ABORTED';
  record.stopDate = now;
  if (record.redriven !== undefined) Object.assign(record.redriven.pending, emptyTally());
}

/** The settings by which a Map Run goes on now. */
export function settingsOf({ changed, request }: MapRunRecord): MapRunSettings {
  if (changed !== undefined) return changed;
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = request;
  return { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage };
}

/** The tallies of a Map Run that has no children yet. */
export function emptyTallies(): Readonly<Record<ExecutionStatus, MapRunTally>> {
  return {
    RUNNING: emptyTally(),
    SUCCEEDED: emptyTally(),
    FAILED: emptyTally(),
    TIMED_OUT: emptyTally(),
    ABORTED: emptyTally(),
  };
}

/** The tally of no children. */
export function emptyTally(): MapRunTally {
  return { items: 0, executions: 0 };
}

/** Counts a child execution in, or with -1 out. */
export function addToTally(tally: MapRunTally, itemCount: number, times: 1 | -1 = 1): void {
  tally.items += times * itemCount;
  tally.executions += times;
}

/** The number of items that a child was given: a batch has them under `Items`. */
export function itemCountOf(input: Json): number {
  const items = isJsonObject(input) ? input['Items'] : undefined;
  return Array.isArray(items) ? items.length : 1;
}
