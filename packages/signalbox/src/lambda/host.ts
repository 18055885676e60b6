import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/aws-error.ts';
import { type Problem, problemText } from '../core/result.ts';
import { unlessAborted } from '../core/unless-aborted.ts';
import type { FunctionResource } from '../template/app.ts';
import { createBundler } from './build/bundle.ts';
import { buildWorkerCode } from './build/worker-code.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import { type RoleCredentials, toFunctionEnvironment } from './function-environment.ts';
import { functionNotFound } from './function-name.ts';
import { endLine, startLine } from './log-lines.ts';
import { LogStream } from './log-stream.ts';
import { type PoolLimits, WorkerPool } from './pool.ts';
import { ReservedConcurrency } from './reserved-concurrency.ts';
import { type FunctionResponse, type Invocation, runInvocation } from './run-invocation.ts';

/** A log event of a function, as it reaches its log stream. */
export interface FunctionLogEvent {
  readonly functionName: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly timestampMs: number;
  readonly message: string;
}

/** The project, clock and observers of the Lambda host. */
export interface LambdaHostOptions {
  /** The project's root: an absolute path. */
  readonly root: string;
  /** Asked anew at each invocation, so that a changed template is seen. */
  readonly functions: () => readonly FunctionResource[];
  /** The URL that the functions' AWS clients call; known once the endpoint listens. */
  readonly endpointUrl: () => string;
  readonly region: string;
  readonly credentialsFor: (roleArn: string) => RoleCredentials;
  readonly onLog: (event: FunctionLogEvent) => void;
  /** The rehearsal's time: it stamps log events, and the functions' `Date` shows it. */
  readonly now: () => Date;
  /** Such as `.aws-sam/build`: run what `sam build` made instead of bundling. */
  readonly prebuiltDirectory?: string;
  readonly limits?: Partial<PoolLimits>;
}

/** The options of an invocation. */
export interface InvokeOptions {
  readonly requestId?: string;
  /** JSON text. */
  readonly clientContext?: string;
  /** The X-Ray trace header of what causes it. */
  readonly traceHeader?: string;
  /** Gives up waiting; the function itself runs on, as in Lambda. */
  readonly signal?: AbortSignal;
}

/** Runs the functions of a template in worker threads. */
export interface LambdaHost {
  /**
   * Invokes a function by its name.
   * @throws {AwsError} `ResourceNotFoundException`, `TooManyRequestsException` when the function's
   * reserved concurrency is used up, `InvalidRuntimeException` for what is not Node.js.
   */
  invoke(
    functionName: string,
    payload: Uint8Array,
    options?: InvokeOptions,
  ): Promise<FunctionResponse>;
  /** Builds what is new or changed, now or at the start, and returns all that is wrong. */
  reload(): Promise<readonly Problem[]>;
  /** The files that the functions' bundles are made of: absolute paths. */
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

/** Creates the Lambda host; nothing is built or started before the first invocation or `reload`. */
export function createLambdaHost(options: LambdaHostOptions): LambdaHost {
  const bundler = createBundler(options.root, options.prebuiltDirectory);
  const pool = new WorkerPool({ ...LIMITS, ...options.limits });
  const concurrency = new ReservedConcurrency();
  let workerFile: Promise<string> | undefined;

  async function run(
    resource: FunctionResource,
    invocation: Invocation,
  ): Promise<FunctionResponse> {
    workerFile ??= buildWorkerCode(options.root);
    const [file, bundle] = await Promise.all([workerFile, bundler.bundle(resource)]);
    if (!bundle.ok) return notBuilt(resource, options, bundle.problems, invocation);
    const { directory } = bundle.value;
    const version = JSON.stringify([bundle.value, resource, options.endpointUrl()]);
    const lease = await pool.lease(resource.name, version, () =>
      openEnvironment(resource, options, directory, file),
    );
    try {
      return await runInvocation(resource, lease, invocation, options.now);
    } finally {
      lease.giveBack();
    }
  }

  return {
    async invoke(functionName, payload, { requestId = randomUUID(), ...rest } = {}) {
      const { clientContext, traceHeader, signal } = rest;
      signal?.throwIfAborted();
      const resource = options.functions().find(({ name }) => name === functionName);
      if (resource === undefined) throw functionNotFound(functionName);
      checkRuntime(resource);
      const leave = concurrency.enter(resource);
      const invocation = { requestId, payload, clientContext, traceHeader };
      const work = run(resource, invocation).finally(leave);
      if (signal === undefined) return await work;
      return await unlessAborted(work, signal, () => {
        throw signal.reason;
      });
    },
    async reload() {
      workerFile ??= buildWorkerCode(options.root);
      const [problems] = await Promise.all([
        bundler.refresh(options.functions().filter(isSupported)),
        workerFile,
      ]);
      return problems;
    },
    inputs: bundler.inputs,
    async close() {
      await pool.close();
      await bundler.dispose();
    },
  };
}

function openEnvironment(
  resource: FunctionResource,
  options: LambdaHostOptions,
  taskRoot: string,
  workerFile: string,
): ExecutionEnvironment {
  const logStream = openLogStream(resource, options);
  const environment = toFunctionEnvironment(resource, {
    taskRoot,
    logStream: logStream.name,
    region: options.region,
    endpointUrl: options.endpointUrl(),
    credentials: options.credentialsFor(resource.roleArn),
  });
  const { memoryMb } = resource;
  const { now } = options;
  return new ExecutionEnvironment({ workerFile, environment, memoryMb, logStream, now });
}

function openLogStream(
  { name, logGroup }: FunctionResource,
  { now, onLog }: Pick<LambdaHostOptions, 'now' | 'onLog'>,
): LogStream {
  const emit = (logStream: string, message: string): void =>
    onLog({ functionName: name, logGroup, logStream, timestampMs: now().getTime(), message });
  return new LogStream(now(), emit, logGroup === `/aws/lambda/${name}` ? '' : name);
}

/** Code that does not build is not deployed; here its invoker gets what is wrong with it. */
function notBuilt(
  resource: FunctionResource,
  options: LambdaHostOptions,
  problems: readonly Problem[],
  { requestId }: Invocation,
): FunctionResponse {
  const errorMessage = problems.map(problemText).join('\n');
  const logStream = openLogStream(resource, options);
  logStream.write(startLine(requestId));
  logStream.write(`${requestId} Error: ${errorMessage}`);
  logStream.write(endLine(requestId));
  const report = { errorType: 'Runtime.UserCodeSyntaxError', errorMessage, trace: [] };
  const payload = new TextEncoder().encode(JSON.stringify(report));
  return { payload, functionError: 'Unhandled', logTail: logStream.takeTail(), durationMs: 0 };
}

function isSupported({ runtime }: FunctionResource): boolean {
  return runtime.startsWith('nodejs');
}

function checkRuntime(resource: FunctionResource): void {
  const { name, runtime } = resource;
  if (isSupported(resource)) return;
  const message = `The runtime ${runtime} of ${name} is not supported: the rehearsal runs functions of nodejs runtimes; try this one with "sam local invoke"`;
  throw new AwsError('InvalidRuntimeException', message, { Type: 'User' });
}
