import { type Json, ownPayload } from '../core/json.ts';
import type { ExecutionHeader, HistoryStore, StoredExecution } from '../history/store.ts';
import type { StateMachine } from '../states-language/ast.ts';
import type { BranchPoint, StartingPoint } from '../states-language/starting-point.ts';
import type { HistoryWriter, OpenHistory } from './history-writer.ts';
import type { Interpreter, PortsFactory } from './interpreter.ts';
import type { KeptRetries } from './recovery/kept-retries.ts';
import { executionDoesNotExist } from './refusals.ts';
import type { TaskTokens } from './task-tokens.ts';

/** Runs executions from their start to their end. */
export interface Runner {
  /** Starts one; what comes of it is in its history. */
  start(header: ExecutionHeader, machine: StateMachine, input: Json): void;
  /** Goes on with one that ended without success; what comes of it is in its history too. */
  redrive(
    execution: StoredExecution,
    machine: StateMachine,
    point: StartingPoint,
    date: Date,
  ): void;
  /**
   * Goes on with one that an earlier process has left; returns how to begin, so that all are there
   * before one of them waits for another.
   */
  resume(execution: StoredExecution, machine: StateMachine, point: BranchPoint): () => void;
  /** Ends one from outside; does nothing where it has ended already. */
  stop(executionArn: string, error: string | undefined, cause: string | undefined): void;
  /** The number of executions that run, without the children of Map Runs. */
  openCount(): number;
  /** Resolves when the execution has ended. @throws {AwsError} When there is no such execution. */
  ended(executionArn: string): Promise<StoredExecution>;
}

/** The clock, the store and the interpreter of a runner. */
export interface RunnerOptions {
  readonly store: HistoryStore;
  readonly writer: HistoryWriter;
  readonly interpreter: Interpreter;
  readonly tokens: TaskTokens;
  readonly retries: KeptRetries;
  readonly ports: PortsFactory;
  /** Hears of what the interpreter threw: a bug of ours, with its stack. */
  readonly onBug: (bug: unknown) => void;
}

interface Running {
  readonly history: OpenHistory;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Creates a runner. */
export function createRunner(options: RunnerOptions): Runner {
  const { store, writer, interpreter, tokens, retries, ports, onBug } = options;
  const running = new Map<string, Running>();

  async function settle({ history }: Running, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      if (!history.isClosed()) throw new Error('Cannot leave an execution without an end');
    } catch (bug) {
      // Never a state's error: no Catch and no Retry sees it, and the execution ends here.
      onBug(bug);
      history.trunk.record({
        type: 'ExecutionFailed',
        error: 'States.Runtime',
        cause:
          'The rehearsal failed to run this execution: a bug of its own, not of the definition',
      });
    }
  }

  function open(executionArn: string, write: (onEnd: () => void) => OpenHistory): Running {
    const abort = new AbortController();
    const { promise, resolve } = withResolvers();
    const history = write(() => {
      running.delete(executionArn);
      tokens.closeAll(executionArn);
      retries.forget(executionArn);
      abort.abort();
      resolve();
    });
    const execution = { history, abort, ended: promise };
    running.set(executionArn, execution);
    return execution;
  }

  return {
    start(header, machine, input) {
      const execution = open(header.executionArn, (onEnd) => writer.open(header, onEnd));
      const { history, abort } = execution;
      void settle(execution, () =>
        interpreter.run(machine, input, ports(header, input, history.trunk), abort.signal),
      );
    },
    redrive(stored, machine, point, date) {
      const { header, summary } = stored;
      const execution = open(header.executionArn, (onEnd) => writer.reopen(stored, onEnd));
      const { history, abort } = execution;
      const redrive = { count: summary.redriveCount + 1, date };
      history.trunk.record({ type: 'ExecutionRedriven', redriveCount: redrive.count });
      const executionPorts = ports(header, ownPayload(header.input), history.trunk, redrive);
      void settle(execution, () =>
        interpreter.runFrom(machine, point, executionPorts, abort.signal),
      );
    },
    resume(stored, machine, point) {
      const execution = open(stored.header.executionArn, (onEnd) => writer.reopen(stored, onEnd));
      const work = workLeft(options, execution, stored, machine, point);
      return () => void settle(execution, work);
    },
    stop(executionArn, error, cause) {
      running.get(executionArn)?.history.trunk.record({ type: 'ExecutionAborted', error, cause });
    },
    openCount: () => running.size,
    async ended(executionArn) {
      await running.get(executionArn)?.ended;
      const execution = store.find(executionArn);
      if (execution === undefined) throw executionDoesNotExist(executionArn);
      return execution;
    },
  };
}

/** The work that is left of an execution that an earlier process has begun. */
function workLeft(
  { interpreter, ports }: RunnerOptions,
  { history, abort }: Running,
  { header, summary, eventCount }: StoredExecution,
  machine: StateMachine,
  point: BranchPoint,
): () => Promise<unknown> {
  const { redriveCount: count, redrivenAt } = summary;
  const redrive = redrivenAt === undefined ? undefined : { count, date: new Date(redrivenAt) };
  const input: Json = ownPayload(header.input);
  return async () => {
    if (point.kind === 'ended') {
      history.trunk.record({ type: 'ExecutionSucceeded', output: point.output });
      return;
    }
    const given = ports(header, input, history.trunk, redrive);
    if (eventCount === 0) await interpreter.run(machine, input, given, abort.signal);
    else await interpreter.runFrom(machine, point.start, given, abort.signal);
  };
}

// Promise.withResolvers() came with Node 22.
function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
