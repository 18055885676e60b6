import childProcess, { type ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads, { type Worker } from 'node:worker_threads';

/** Linux's number of EAGAIN, as libuv writes it. */
const EAGAIN = -11;

/**
 * Bounds the processes and threads that this function has started and that run: one too many fails as it does
 * at the limit of an execution environment.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function limitProcesses(most: number): void {
  const running = new Set<object>();
  limitChildren(running, most);
  limitThreads(running, most);
  // What imports by name sees the limited ones too.
  syncBuiltinESMExports();
}

/** All of `child_process` but its synchronous functions, which wait for their one, comes to this method. */
function limitChildren(running: Set<object>, most: number): void {
  const { prototype } = childProcess.ChildProcess;
  const start: unknown = Reflect.get(prototype, 'spawn');
  if (typeof start !== 'function')
    throw new TypeError('This Node.js starts processes in another way');
  Reflect.set(prototype, 'spawn', function (this: ChildProcess, options: { file?: unknown }) {
    if (running.size >= most) throw notSpawned(String(options.file));
    running.add(this);
    this.once('exit', () => running.delete(this));
    // Of one that could not be started there is no exit.
    this.once('close', () => running.delete(this));
    return Reflect.apply(start, this, [options]);
  });
}

function limitThreads(running: Set<object>, most: number): void {
  const Unlimited = workerThreads.Worker;
  class LimitedWorker extends Unlimited {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      if (running.size >= most) throw notInitialized();
      super(...given);
      running.add(this);
      this.once('exit', () => running.delete(this));
    }
  }
  Object.defineProperty(LimitedWorker, 'name', { value: Unlimited.name });
  Reflect.set(workerThreads, 'Worker', LimitedWorker);
}

function notSpawned(path: string): Error {
  const syscall = `spawn ${path}`;
  const error = new Error(`${syscall} EAGAIN`);
  return Object.assign(error, { errno: EAGAIN, code: 'EAGAIN', syscall, path });
}

function notInitialized(): Error {
  const error = new Error('Worker initialization failure: EAGAIN');
  return Object.assign(error, { code: 'ERR_WORKER_INIT_FAILED' });
}
