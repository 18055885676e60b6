import { Worker } from 'node:worker_threads';
import {
  durationOf,
  type EnvironmentEnd,
  type EnvironmentInvocation,
  type ExecutionEnvironment,
  INIT_LIMIT_MS,
  type InvocationOutcome,
  type InvokedOutcome,
} from './execution-environment.ts';
import type { LogStream } from './log-stream.ts';
import { MemoryWatch } from './memory-watch.ts';
import { withinLimit } from './time-limit.ts';
import type { WorkerInvocation, WorkerReport, WorkerStart } from './worker-messages.ts';

/** The options of a worker. */
export interface WorkerEnvironmentStart {
  readonly workerFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly logStream: LogStream;
  /** The rehearsal's time, which the function's `Date` shows. */
  readonly now: () => Date;
  /** The most processes and threads that the function may have started and that run. */
  readonly functionProcesses: number;
}

/**
 * The part of the function's memory for V8's heap: the Node.js runtime keeps a tenth for the
 * rest.
 */
const HEAP_SHARE = 0.9;

/**
 * V8 ends the whole process where one allocation alone goes past its limit, as a large array does that
 * grows. So its limit is this much higher, and the watch ends whoever takes too much.
 */
const HEAP_HEADROOM_MB = 4096;

/** To ask for the process's memory takes up to 2 ms on some machines. */
const LOOK_AT_MEMORY_MS = 100;
const MB = 1_048_576;

const memoryWatch = new MemoryWatch({
  residentBytes: () => process.memoryUsage.rss(),
  every(look) {
    const timer = setInterval(look, LOOK_AT_MEMORY_MS).unref();
    return () => clearInterval(timer);
  },
});

/** Left alone, V8 lets the short-lived objects of each worker take 48 MB before it collects them. */
const YOUNG_GENERATION_MB = 1;

/** One worker that runs one function, one invocation at a time: Lambda's execution environment. */
export class WorkerEnvironment implements ExecutionEnvironment {
  /** Milliseconds that the handler took to load; undefined until it is loaded. */
  initDurationMs: number | undefined;
  isAlive = true;
  readonly logStream: LogStream;
  readonly #memoryMb: number;
  readonly #now: () => Date;
  readonly #worker: Worker;
  readonly started: Promise<void>;
  readonly #ready: Promise<void>;
  readonly #ended: Promise<EnvironmentEnd>;
  #ending: EnvironmentEnd | undefined;
  #finish: (outcome: InvocationOutcome) => void = () => {};

  constructor(start: WorkerEnvironmentStart) {
    const startedAtMs = performance.now();
    const { logStream } = start;
    this.logStream = logStream;
    this.#memoryMb = start.memoryMb;
    this.#now = start.now;
    this.#worker = openWorker(start);
    const worker = this.#worker;
    this.#ready = new Promise((resolve) => {
      worker.on('message', (report: WorkerReport) => {
        if (report.type === 'log') logStream.write(report.message);
        else if (report.type === 'ready') {
          this.initDurationMs = performance.now() - startedAtMs;
          resolve();
        } else this.#take(report);
      });
    });
    this.#ended = new Promise((resolve) => {
      worker.on('exit', (exitCode) => {
        this.isAlive = false;
        resolve(this.#ending ?? { kind: 'exited', exitCode });
      });
    });
    this.started = Promise.race([this.#ready, this.#ended]).then(() => undefined);
    worker.on('error', (error: Error & { readonly code?: unknown }) => {
      const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#ending ??= outOfMemory ? { kind: 'out-of-memory' } : { kind: 'exited', exitCode: 1 };
      if (!outOfMemory) logStream.write(String(error.stack ?? error));
    });
    // Lines that Node.js itself writes past the streams that the function sees.
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.on('data', (chunk) => logStream.write(String(chunk).trimEnd()));
    }
  }

  /**
   * Runs the handler, once it is loaded; the worker dies at the time-out. The duration is the
   * handler's own, without initialization.
   */
  async invoke(invocation: EnvironmentInvocation, timeoutMs: number): Promise<InvokedOutcome> {
    const endWatch = this.#watchMemory();
    try {
      return await this.#invokeWatched(invocation, timeoutMs);
    } finally {
      endWatch();
    }
  }

  async #invokeWatched(
    invocation: EnvironmentInvocation,
    timeoutMs: number,
  ): Promise<InvokedOutcome> {
    const calledAtMs = performance.now();
    const early = await this.#within(this.#ready, INIT_LIMIT_MS + timeoutMs);
    if (early !== undefined)
      return { outcome: early, durationMs: durationOf(early, calledAtMs, timeoutMs) };
    const startedAtMs = performance.now();
    const invoked = new Promise<InvocationOutcome>((resolve) => {
      this.#finish = resolve;
    });
    const deadlineMs = Date.now() + timeoutMs;
    const clockOffsetMs = offsetOf(this.#now);
    const message: WorkerInvocation = { ...invocation, deadlineMs, clockOffsetMs };
    this.#worker.postMessage(message);
    const outcome = await this.#within(invoked, timeoutMs);
    return { outcome, durationMs: durationOf(outcome, startedAtMs, timeoutMs) };
  }

  /** Ends the worker between invocations. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #watchMemory(): () => void {
    return memoryWatch.watch({
      memoryMb: this.#memoryMb,
      busyMs: () => this.#worker.performance.eventLoopUtilization().active,
      end: () => this.#end({ kind: 'out-of-memory' }),
    });
  }

  #take(report: Exclude<WorkerReport, { readonly type: 'log' | 'ready' }>): void {
    if ('memoryBytes' in report && report.memoryBytes > this.#memoryMb * MB) {
      void this.#end({ kind: 'out-of-memory' });
    } else if (report.type === 'succeeded') {
      const { payload, memoryBytes } = report;
      this.#finish({ kind: 'succeeded', payload, memoryBytes });
    } else if (report.type === 'failed') {
      const { error, memoryBytes } = report;
      this.#finish({ kind: 'failed', error, memoryBytes });
    } else void this.#end({ kind: 'init-failed', error: report.error });
  }

  #within<T>(work: Promise<T>, limitMs: number): Promise<T | EnvironmentEnd> {
    return withinLimit(work, this.#ended, limitMs, () => void this.#end({ kind: 'timed-out' }));
  }

  async #end(ending: EnvironmentEnd): Promise<void> {
    this.#ending ??= ending;
    await this.#worker.terminate();
  }
}

function offsetOf(now: () => Date): number {
  return now().getTime() - Date.now();
}

function openWorker(start: WorkerEnvironmentStart): Worker {
  const { workerFile, environment, memoryMb, now, functionProcesses } = start;
  const clockOffsetMs = offsetOf(now);
  const workerData: WorkerStart = { environment, clockOffsetMs, functionProcesses };
  return new Worker(workerFile, {
    workerData,
    // Empty, and filled by the worker itself: Node.js would act upon the function's NODE_OPTIONS,
    // and refuses to start a worker with an option of the whole process.
    env: {},
    execArgv: [],
    resourceLimits: {
      maxOldGenerationSizeMb: Math.floor(memoryMb * HEAP_SHARE) + HEAP_HEADROOM_MB,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
    },
    stdin: false,
    stdout: true,
    stderr: true,
  });
}
