import { randomUUID } from 'node:crypto';
import { DEFAULT_LIMITS } from '../core/limits.ts';
import { Recursions } from '../core/recursions.ts';
import { type Problem, problemText } from '../core/result.ts';
import { unlessAborted } from '../core/unless-aborted.ts';
import type { FunctionResource } from '../template/app.ts';
import { Concurrency } from './concurrency.ts';
import { createEnvironments, openLogStream } from './environments.ts';
import { functionNotFound } from './function-name.ts';
import type { LambdaHostOptions } from './host-options.ts';
import { endLine, startLine } from './log-lines.ts';
import { runsInWorker } from './processes/process-functions.ts';
import { passFunction } from './recursive-loop.ts';
import { type FunctionResponse, type Invocation, runInvocation } from './run-invocation.ts';

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

/** Runs the functions of a template: bundled Node.js in worker threads, everything else in processes. */
export interface LambdaHost {
  /**
   * Invokes a function by its name.
   * @throws {AwsError} `ResourceNotFoundException`, `TooManyRequestsException` when its concurrency is used
   * up, `RecursiveInvocationException` where it keeps invoking itself, `InvalidRuntimeException` where
   * nothing on this machine runs it.
   */
  invoke(
    functionName: string,
    payload: Uint8Array,
    options?: InvokeOptions,
  ): Promise<FunctionResponse>;
  /** Builds what is new or changed, now or at the start, and returns all that is wrong. */
  reload(): Promise<readonly Problem[]>;
  /** Resolves when the bundles of the last `reload` are made; other checks may take longer. */
  bundled(): Promise<void>;
  /** The files that the functions' bundles are made of: absolute paths. */
  inputs(): readonly string[];
  close(): Promise<void>;
}

/** Creates the Lambda host; nothing is built or started before the first invocation or `reload`. */
export function createLambdaHost(options: LambdaHostOptions): LambdaHost {
  const environments = createEnvironments(options);
  const { concurrentInvocations, recursions: most } = options.running ?? DEFAULT_LIMITS;
  const concurrency = new Concurrency(concurrentInvocations, options.functions);
  const recursions = new Recursions(most);

  async function run(
    resource: FunctionResource,
    invocation: Invocation,
  ): Promise<FunctionResponse> {
    const leased = await environments.lease(resource);
    if (!('environment' in leased)) return notBuilt(resource, options, leased, invocation);
    if (leased.isCold) {
      // On AWS a function starts about as fast on any day.
      const go = options.standStill?.() ?? (() => {});
      void leased.environment.started.then(go);
    }
    try {
      return await runInvocation(resource, leased, invocation, options.now);
    } finally {
      leased.giveBack();
    }
  }

  return {
    async invoke(functionName, payload, { requestId = randomUUID(), ...rest } = {}) {
      const { clientContext, traceHeader, signal } = rest;
      signal?.throwIfAborted();
      const resource = options.functions().find(({ name }) => name === functionName);
      if (resource === undefined) throw functionNotFound(functionName);
      const passed = passFunction(resource, traceHeader, recursions);
      const leave = concurrency.enter(resource);
      const invocation = { requestId, payload, clientContext, traceHeader: passed };
      const work = run(resource, invocation).finally(leave);
      if (signal === undefined) return await work;
      return await unlessAborted(work, signal, () => {
        throw signal.reason;
      });
    },
    reload: () => environments.refresh(options.functions()),
    bundled: environments.bundled,
    inputs: environments.inputs,
    close: environments.close,
  };
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
  const errorType = runsInWorker(resource)
    ? 'Runtime.UserCodeSyntaxError'
    : 'Runtime.InvalidEntrypoint';
  const report = { errorType, errorMessage, trace: [] };
  const payload = new TextEncoder().encode(JSON.stringify(report));
  return { payload, functionError: 'Unhandled', logTail: logStream.takeTail(), durationMs: 0 };
}
