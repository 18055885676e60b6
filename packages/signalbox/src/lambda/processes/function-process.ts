import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { limitLog } from '../in-worker/log-limit.ts';
import { readFrames, readLines } from './log-frames.ts';
import type { OrphanGuard } from './orphan-guard.ts';

/** A program with its arguments, where it starts, and all of its environment. */
export interface ProcessStart {
  readonly file: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly guard: OrphanGuard;
  /** Takes each log line: of the streams, and of the frames that come by `LOG_FD`. */
  readonly onLog: (message: string) => void;
  /** Called once, when the process is gone and its last log lines were given out. */
  readonly onEnd: (end: ProcessEnd) => void;
}

/** How a process ended: by itself, by a signal, or before it began, for the system's reason. */
export type ProcessEnd =
  | { readonly exitCode: number; readonly signal?: string }
  | { readonly reason: string };

/** The file descriptor by which a runtime hands over log frames: `_LAMBDA_TELEMETRY_LOG_FD`. */
export const LOG_FD = 3;

/** One process of a function, with all that it starts itself: they are one group. */
export class FunctionProcess {
  readonly #child: ChildProcess | undefined;
  readonly #log: ReturnType<typeof limitLog>;
  readonly #flushes: (() => void)[] = [];
  #reads = 0;
  #isFrozen = false;
  #isGone = false;

  constructor(start: ProcessStart) {
    this.#log = limitLog(start.onLog);
    try {
      this.#child = spawn(start.file, start.args, {
        cwd: start.directory,
        env: start.environment,
        // A group of its own, which signals reach as a whole; and Ctrl-C is for us alone.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      });
    } catch (error) {
      // Such as a program for another machine: Node.js throws what it can't name.
      this.#isGone = true;
      queueMicrotask(() => start.onEnd({ reason: reasonOf(error, start.file) }));
      return;
    }
    this.#follow(this.#child, start);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Stops the processes as Lambda does between invocations: no thread of theirs goes on. */
  freeze(): void {
    this.#isFrozen = true;
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#signal('SIGCONT');
  }

  kill(): void {
    this.#signal('SIGKILL');
  }

  /** Resolves when all that the process has written so far is given out as log lines. */
  async drain(): Promise<void> {
    for (let before = -1; before !== this.#reads; ) {
      before = this.#reads;
      // Each turn of the event loop reads every stream that has something.
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const flush of this.#flushes) flush();
    this.#log.reset();
  }

  #follow(child: ChildProcess, { onEnd, guard, file }: ProcessStart): void {
    const unwatch = child.pid === undefined ? () => undefined : guard.watch(child.pid);
    const [, stdout, stderr, frames] = child.stdio;
    for (const stream of [stdout, stderr]) {
      const lines = readLines(this.#log.emit);
      this.#flushes.push(lines.flush);
      this.#read(stream, lines.write);
    }
    this.#read(frames, readFrames(this.#log.emit));
    const end = once((how: ProcessEnd) => {
      this.#isGone = true;
      unwatch();
      void this.drain().then(() => onEnd(how));
    });
    child.on('error', (error) => end({ reason: reasonOf(error, file) }));
    child.on('exit', (exitCode, signal) => {
      // What it started and left behind belongs to no environment any more.
      this.#signal('SIGKILL');
      end({ exitCode: exitCode ?? 1, ...(signal !== null && { signal }) });
    });
  }

  #read(stream: unknown, write: (chunk: Buffer) => void): void {
    if (!isReadable(stream)) return;
    stream.on('data', (chunk: Buffer) => {
      this.#reads += 1;
      write(chunk);
    });
    stream.on('error', () => undefined);
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined || (this.#isGone && signal !== 'SIGKILL')) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is gone already.
    }
  }
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'read' in stream;
}

function once<T>(act: (value: T) => void): (value: T) => void {
  let isDone = false;
  return (value) => {
    if (isDone) return;
    isDone = true;
    act(value);
  };
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ENOENT: 'no such file or directory',
  ENOEXEC: 'exec format error',
};

function reasonOf(error: unknown, file: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return `fork/exec ${file}: ${known ?? (code === '' ? String(error) : code)}`;
}
