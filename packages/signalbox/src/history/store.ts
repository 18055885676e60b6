import type { HistoryEvent } from './history-event.ts';
import type { Summary } from './summary.ts';

/** The facts of an execution that are known when it starts, and never change. */
export interface ExecutionHeader {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly roleArn: string;
  /** The definition that it runs, as JSON text. */
  readonly definition: string;
  /** The text that StartExecution was given. */
  readonly input: string;
  /** ISO 8601. */
  readonly startDate: string;
  readonly traceHeader?: string | undefined;
  /** The version that it runs, and the alias that led to it, where it was started by one. */
  readonly stateMachineVersionArn?: string | undefined;
  readonly stateMachineAliasArn?: string | undefined;
  /** The Map Run that started it. */
  readonly mapRunArn?: string | undefined;
  /** Its place among the children of that Map Run. */
  readonly mapRunIndex?: number | undefined;
  /** The test case of the mock configuration that its tasks take their results from. */
  readonly mocked?: { readonly machine: string; readonly testCase: string } | undefined;
  /** True where StartSyncExecution waits for it. */
  readonly isSync?: boolean | undefined;
}

/** An execution as a store knows it. */
export interface StoredExecution {
  readonly header: ExecutionHeader;
  /** The fold over its events so far. */
  readonly summary: Summary;
  readonly eventCount: number;
}

/**
 * Keeps the histories of executions; an event that was taken is never changed. Events go on to be
 * taken while a disk is full, and are written down as soon as it has space.
 */
export interface HistoryStore {
  /** Opens a history. @throws {RangeError} When the execution has one; {AwsError} when it cannot be kept. */
  create(header: ExecutionHeader): void;
  /** Takes the next event. @throws {RangeError} When it is not the next one, or there is no such execution. */
  append(executionArn: string, event: HistoryEvent): void;
  /**
   * Writes down what was taken while the disk was full. To be called before somebody is told that
   * something was accepted. @throws {AwsError} `InternalFailure` while the disk takes nothing.
   */
  catchUp(): void;
  find(executionArn: string): StoredExecution | undefined;
  /** The executions of a state machine, in the order in which they started. */
  executionsOf(stateMachineArn: string): readonly StoredExecution[];
  /** All executions, in the order in which they started. */
  executions(): readonly StoredExecution[];
  /** At most `count` events from the one with the id `firstId` on; the cost is that of the events asked for. */
  events(executionArn: string, firstId: number, count: number): readonly HistoryEvent[];
  /** Hands what was written to the device, and closes the files. */
  close(): Promise<void>;
}

/** The histories for whoever only reads them. */
export type Histories = Pick<HistoryStore, 'executions' | 'events'>;
