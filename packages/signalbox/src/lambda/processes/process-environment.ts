import {
  durationOf,
  type EnvironmentEnd,
  type EnvironmentInvocation,
  type ExecutionEnvironment,
  INIT_LIMIT_MS,
  type InvocationOutcome,
  type InvokedOutcome,
} from '../execution-environment.ts';
import type { LogStream } from '../log-stream.ts';
import { withinLimit } from '../time-limit.ts';
import { FunctionProcess, type ProcessEnd } from './function-process.ts';
import { groupSize, threadsOfMachine } from './group-size.ts';
import type { OrphanGuard } from './orphan-guard.ts';
import { ownBytes, peakBytes } from './process-memory.ts';
import { RuntimeApi } from './runtime-api.ts';

/** The options of a process that runs a function. */
export interface ProcessEnvironmentStart {
  readonly file: string;
  readonly args: readonly string[];
  /** Where it starts: the function's task root. */
  readonly directory: string;
  /** All of its environment but what the environment itself adds: the address of the Runtime API. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly memoryMb: number;
  readonly logStream: LogStream;
  /** The rehearsal's time. */
  readonly now: () => Date;
  readonly guard: OrphanGuard;
  /** The most processes and threads that it may have at once. */
  readonly functionProcesses: number;
}

const LOOK_MS = 100;
const MB = 1_048_576;

/** One process that speaks Lambda's Runtime API, for one function: frozen whenever it has nothing to do. */
export class ProcessEnvironment implements ExecutionEnvironment {
  initDurationMs: number | undefined;
  isAlive = true;
  readonly logStream: LogStream;
  readonly #start: ProcessEnvironmentStart;
  readonly #api: RuntimeApi;
  readonly started: Promise<void>;
  readonly #ready: Promise<void>;
  readonly #ended: Promise<EnvironmentEnd>;
  readonly #threadsBefore = threadsOfMachine() ?? 0;
  #process: FunctionProcess | undefined;
  #becomeReady: () => void = () => {};
  #becomeEnded: (end: EnvironmentEnd) => void = () => {};
  #ending: EnvironmentEnd | undefined;
  #isTerminated = false;
  /** What the runtime said of its invocation, until it asks for the next. */
  #report: InvocationOutcome | undefined;
  #finish: (outcome: InvocationOutcome) => void = () => {};

  constructor(start: ProcessEnvironmentStart) {
    this.logStream = start.logStream;
    this.#start = start;
    this.#ready = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
    this.#ended = new Promise((resolve) => {
      this.#becomeEnded = resolve;
    });
    this.started = Promise.race([this.#ready, this.#ended]).then(() => undefined);
    this.#api = new RuntimeApi({
      onNext: () => void this.#next(),
      onReport: (report) => {
        this.#report = { ...report, memoryBytes: this.#peakBytes() };
      },
      onInitError: (error) => void this.#initFailed(error),
    });
    void this.#open();
  }

  async invoke(invocation: EnvironmentInvocation, timeoutMs: number): Promise<InvokedOutcome> {
    const calledAtMs = performance.now();
    const early = await this.#within(this.#ready, INIT_LIMIT_MS + timeoutMs);
    if (early !== undefined)
      return { outcome: early, durationMs: durationOf(early, calledAtMs, timeoutMs) };
    const startedAtMs = performance.now();
    const invoked = new Promise<InvocationOutcome>((resolve) => {
      this.#finish = resolve;
    });
    const endWatch = this.#watch();
    this.#process?.thaw();
    const clockOffsetMs = this.#start.now().getTime() - Date.now();
    this.#api.offer({ ...invocation, deadlineMs: Date.now() + timeoutMs, clockOffsetMs });
    const outcome = await this.#within(invoked, timeoutMs);
    endWatch();
    return { outcome, durationMs: durationOf(outcome, startedAtMs, timeoutMs) };
  }

  async terminate(): Promise<void> {
    this.#isTerminated = true;
    this.#process?.kill();
    await this.#ended;
  }

  async #open(): Promise<void> {
    const { file, args, directory, guard, environment } = this.#start;
    const startedAtMs = performance.now();
    const address = await this.#api.listen();
    if (this.#isTerminated) return this.#close({ kind: 'exited', exitCode: 0 });
    const scratch = guard.makeFolder();
    this.#process = new FunctionProcess({
      ...{ file, args, directory, guard },
      environment: { ...environment, AWS_LAMBDA_RUNTIME_API: address, TMPDIR: scratch.path },
      onLog: (message) => this.logStream.write(message),
      onEnd: (how) => {
        scratch.remove();
        this.#close(this.#ending ?? toEnd(how));
      },
    });
    void this.#ready.then(() => {
      this.initDurationMs = performance.now() - startedAtMs;
    });
  }

  #close(end: EnvironmentEnd): void {
    this.isAlive = false;
    this.#api.close();
    // A runtime that reports an error of nobody's and then ends has given its answer.
    if (this.#report !== undefined && this.#ending === undefined) this.#finish(this.#report);
    this.#becomeEnded(end);
  }

  /** The runtime asks for work: it is loaded, or done with what it had. */
  async #next(): Promise<void> {
    this.#becomeReady();
    const report = this.#report;
    if (report === undefined) return;
    this.#report = undefined;
    this.#process?.freeze();
    await this.#process?.drain();
    this.#finish(report);
  }

  async #initFailed(error: string): Promise<void> {
    this.#ending ??= { kind: 'init-failed', error };
    await this.#process?.drain();
    this.#process?.kill();
  }

  #watch(): () => void {
    const timer = setInterval(() => {
      const pid = this.#process?.pid;
      if (pid === undefined) return;
      this.#lookAtMemory(pid);
      this.#lookAtProcesses(pid);
    }, LOOK_MS).unref();
    return () => clearInterval(timer);
  }

  #lookAtMemory(pid: number): void {
    const bytes = ownBytes(pid);
    if (bytes === undefined || bytes <= this.#start.memoryMb * MB) return;
    this.#end({ kind: 'out-of-memory' });
  }

  /** All processes are looked at only where there are so many more of them on the machine. */
  #lookAtProcesses(pid: number): void {
    const { functionProcesses, logStream } = this.#start;
    const more = (threadsOfMachine() ?? 0) - this.#threadsBefore;
    if (more < functionProcesses / 2 || groupSize(pid) <= functionProcesses) return;
    logStream.write(`More than ${functionProcesses} processes and threads at once: ended`);
    this.#end({ kind: 'exited', exitCode: 1, signal: 'SIGKILL' });
  }

  #peakBytes(): number {
    const pid = this.#process?.pid;
    return (pid === undefined ? undefined : peakBytes(pid)) ?? 0;
  }

  #within<T>(work: Promise<T>, limitMs: number): Promise<T | EnvironmentEnd> {
    return withinLimit(work, this.#ended, limitMs, () => this.#end({ kind: 'timed-out' }));
  }

  #end(ending: EnvironmentEnd): void {
    this.#ending ??= ending;
    this.#process?.kill();
  }
}

function toEnd(how: ProcessEnd): EnvironmentEnd {
  return 'reason' in how ? { kind: 'invalid-entry-point', ...how } : { kind: 'exited', ...how };
}
