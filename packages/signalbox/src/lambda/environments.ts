import { DEFAULT_LIMITS } from '../core/limits.ts';
import type { Problem } from '../core/result.ts';
import type { FunctionResource } from '../template/app.ts';
import { createBuilds } from './build/builds.ts';
import { toFunctionEnvironment } from './function-environment.ts';
import type { LambdaHostOptions } from './host-options.ts';
import { LogStream } from './log-stream.ts';
import { type Lease, type PoolLimits, WorkerPool } from './pool.ts';
import { isBundled, ProcessFunctions, runsInWorker } from './processes/process-functions.ts';
import { WorkerEnvironment } from './worker-environment.ts';

/** The execution environments of all functions. */
export interface Environments {
  /** Leases an environment, or says what is wrong with the function's code. */
  lease(resource: FunctionResource): Promise<Lease | readonly Problem[]>;
  /** Takes in what is new or changed, and returns all that is wrong. */
  refresh(resources: readonly FunctionResource[]): Promise<readonly Problem[]>;
  /** Resolves when the bundles of the last `refresh` are made; other checks may take longer. */
  bundled(): Promise<void>;
  /** The files that bundles are made of: absolute paths. */
  inputs(): readonly string[];
  close(): Promise<void>;
}

/** A worker with the AWS SDK takes some 20 MB: a function gets a second one while there are few. */
const LIMITS: PoolLimits = {
  maximumWorkers: 12,
  doublesBelow: 2,
  idleMs: 60_000,
  patienceMs: 1_000,
};

/** A process has memory of its own that the system can give to others, and waits for nobody's event loop. */
const PROCESS_LIMITS: PoolLimits = { ...LIMITS, maximumWorkers: 24, doublesBelow: 8 };

/** Creates the environments' pools: of worker threads for bundled Node.js, of processes for everything else. */
export function createEnvironments(options: LambdaHostOptions): Environments {
  const { functionProcesses } = options.running ?? DEFAULT_LIMITS;
  const { bundler, runtimeCode } =
    options.builds ?? createBuilds(options.root, options.prebuiltDirectory);
  const pool = new WorkerPool({ ...LIMITS, ...options.limits });
  const processPool = new WorkerPool({ ...PROCESS_LIMITS, ...options.limits });
  let bundling: Promise<readonly Problem[]> = Promise.resolve([]);
  const processes = new ProcessFunctions({
    root: options.root,
    prebuiltDirectory: options.prebuiltDirectory,
    bundleOf: (resource) => (isBundled(resource) ? bundler.bundle(resource) : undefined),
    nodejsRuntimeFile: async () => (await runtimeCode()).processFile,
    now: options.now,
    onRemark: options.onRemark ?? (() => {}),
    functionProcesses,
  });

  async function leaseWorker(resource: FunctionResource): Promise<Lease | readonly Problem[]> {
    const [{ workerFile }, bundle] = await still(options, () =>
      Promise.all([runtimeCode(), bundler.bundle(resource)]),
    );
    if (!bundle.ok) return bundle.problems;
    const { memoryMb } = resource;
    const { now } = options;
    const version = JSON.stringify([bundle.value, resource, options.endpointUrl()]);
    return await pool.lease(resource.name, version, () => {
      const { environment, logStream } = openEnvironment(resource, options, bundle.value.directory);
      return new WorkerEnvironment({
        ...{ workerFile, environment, memoryMb, logStream, now, functionProcesses },
      });
    });
  }

  async function leaseProcess(resource: FunctionResource): Promise<Lease | readonly Problem[]> {
    const prepared = await still(options, () => processes.prepare(resource));
    if (!('command' in prepared)) return prepared;
    const version = JSON.stringify([prepared, resource, options.endpointUrl()]);
    return await processPool.lease(resource.name, version, () => {
      const { environment, logStream } = openEnvironment(
        resource,
        options,
        prepared.code.directory,
      );
      return processes.start(resource, prepared, environment, logStream);
    });
  }

  return {
    lease: (resource) => (runsInWorker(resource) ? leaseWorker(resource) : leaseProcess(resource)),
    async refresh(resources) {
      bundling = bundler.refresh(resources.filter(isBundled));
      const [problems, others] = await Promise.all([
        bundling,
        processes.check(resources.filter((resource) => !isBundled(resource))),
        runtimeCode(),
      ]);
      return [...problems, ...others];
    },
    async bundled() {
      await bundling.catch(() => undefined); // whoever called refresh hears of it
    },
    inputs: bundler.inputs,
    async close() {
      await Promise.all([pool.close(), processPool.close()]);
      processes.close();
      await bundler.dispose();
    },
  };
}

/** On AWS, code is built before it is deployed. */
async function still<T>({ standStill }: LambdaHostOptions, build: () => Promise<T>): Promise<T> {
  const go = standStill?.();
  return await build().finally(go);
}

function openEnvironment(
  resource: FunctionResource,
  options: LambdaHostOptions,
  taskRoot: string,
): { readonly environment: Readonly<Record<string, string>>; readonly logStream: LogStream } {
  const logStream = openLogStream(resource, options);
  const environment = toFunctionEnvironment(resource, {
    taskRoot,
    logStream: logStream.name,
    region: options.region,
    endpointUrl: options.endpointUrl(),
    credentials: options.credentialsFor(resource.roleArn),
  });
  return { environment, logStream };
}

/** Opens the log stream of an execution environment. */
export function openLogStream(
  { name, logGroup }: FunctionResource,
  { now, onLog }: Pick<LambdaHostOptions, 'now' | 'onLog'>,
): LogStream {
  const emit = (logStream: string, message: string): void =>
    onLog({ functionName: name, logGroup, logStream, timestampMs: now().getTime(), message });
  return new LogStream(now(), emit, logGroup === `/aws/lambda/${name}` ? '' : name);
}
