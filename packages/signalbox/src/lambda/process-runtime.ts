import { writeSync } from 'node:fs';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { register } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { callWithCallback, hasCallbacks } from './in-worker/callback-handler.ts';
import { toErrorLog, toErrorReport } from './in-worker/error-report.ts';
import { toInvokeContext } from './in-worker/invoke-context.ts';
import { type Handler, loadHandler } from './in-worker/load-handler.ts';
import { captureLogs } from './in-worker/log-capture.ts';
import { installRehearsalDate } from './in-worker/rehearsal-date.ts';
import { NodeJsExit, UnhandledPromiseRejection } from './in-worker/runtime-errors.ts';
import { toPayload } from './in-worker/to-payload.ts';
import type { WorkerInvocation } from './worker-messages.ts';

const AGENT = new Agent({ keepAlive: true, maxSockets: 1 });

/** Runs a Node.js function in a process of its own, as AWS's runtime does: one invocation after the other. */
async function main(): Promise<void> {
  const api = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/`;
  const frames = Number(take('_LAMBDA_TELEMETRY_LOG_FD'));
  const date = installRehearsalDate();
  date.setOffset(Number(take('SIGNALBOX_CLOCK_OFFSET_MS')));
  const logs = captureLogs((message) => writeFrame(frames, message));
  const takesCallbacks = hasCallbacks(process.env['AWS_EXECUTION_ENV']);
  let errorPath = 'init/error';

  async function crash(title: string, error: unknown, exitCode: number): Promise<void> {
    logs.logError(title, toErrorLog(error));
    logs.flush();
    await post(api, errorPath, toErrorReport(error)).catch(() => undefined);
    process.exit(exitCode);
  }
  process.on('uncaughtException', (error) => void crash('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason) => {
    const error = new UnhandledPromiseRejection(reason);
    void crash('Unhandled Promise Rejection', error, 128);
  });

  let handler: Handler;
  try {
    const taskRoot = process.env['LAMBDA_TASK_ROOT'] ?? '';
    handler = await loadHandler(taskRoot, process.env['_HANDLER'] ?? '', takesCallbacks);
  } catch (error) {
    return crash('Init Error', error, 1);
  }
  logs.flush();
  while (true) {
    const invocation = await next(api).catch(() => undefined);
    // The rehearsal is gone.
    if (invocation === undefined) return process.exit(0);
    date.setOffset(invocation.clockOffsetMs);
    errorPath = `invocation/${invocation.requestId}/error`;
    process.env['_X_AMZN_TRACE_ID'] = invocation.traceId;
    logs.setRequestId(invocation.requestId);
    let answer: () => Promise<void>;
    try {
      const payload = toPayload(await run(handler, invocation, takesCallbacks));
      answer = () => post(api, `invocation/${invocation.requestId}/response`, payload);
    } catch (error) {
      logs.logError('Invoke Error', toErrorLog(error));
      const report = toErrorReport(error);
      answer = () => post(api, errorPath, report);
    }
    logs.flush();
    await answer();
  }
}

/** Calls the handler; where nothing is left to do and it is not done, that is its end. */
async function run(
  handler: Handler,
  invocation: WorkerInvocation,
  takesCallbacks: boolean,
): Promise<unknown> {
  const event: unknown = JSON.parse(Buffer.from(invocation.payload).toString('utf8'));
  const context = toInvokeContext(invocation, process.env);
  let stop = (): void => {};
  const idle = new Promise<'idle'>((resolve) => {
    const listener = (): void => resolve('idle');
    process.once('beforeExit', listener);
    stop = () => process.off('beforeExit', listener);
  });
  const isAsync = handler.constructor.name === 'AsyncFunction';
  const work =
    takesCallbacks && !isAsync
      ? callWithCallback(handler, event, context, (act) => void idle.then(act))
      : Promise.resolve(handler(event, context));
  // Whoever never settles its promise has failed; a handler with callbacks has had its turn by then.
  const late = idle.then(() => new Promise((resolve) => setImmediate(resolve)));
  try {
    return await Promise.race([work, late.then(() => Promise.reject(new NodeJsExit()))]);
  } finally {
    stop();
  }
}

/** Takes a variable of the rehearsal's own out of the environment, before the function sees it. */
function take(name: string): string {
  const value = process.env[name] ?? '0';
  delete process.env[name];
  return value;
}

function writeFrame(descriptor: number, message: string): void {
  const text = Buffer.from(message);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(0xa55a0003, 0);
  header.writeUInt32BE(text.length, 4);
  let frame = Buffer.concat([header, text]);
  while (frame.length > 0) frame = frame.subarray(writeSync(descriptor, frame));
}

async function next(api: string): Promise<WorkerInvocation> {
  const { headers, body } = await call('GET', `${api}invocation/next`);
  const header = (name: string): string => String(headers[`lambda-runtime-${name}`] ?? '');
  return {
    requestId: header('aws-request-id'),
    payload: body,
    deadlineMs: Number(header('deadline-ms')),
    clockOffsetMs: Number(headers['signalbox-clock-offset-ms'] ?? 0),
    invokedFunctionArn: header('invoked-function-arn'),
    traceId: header('trace-id'),
    clientContext: header('client-context') || undefined,
  };
}

async function post(api: string, path: string, body: string | object): Promise<void> {
  await call('POST', `${api}${path}`, typeof body === 'string' ? body : JSON.stringify(body));
}

function call(
  method: string,
  url: string,
  body?: string,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: AGENT }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/**
 * Lets `import` find packages by NODE_PATH, as `require` does and as AWS's runtime lets both: layers and the SDK
 * are there. It is what `module.register` calls in a thread of its own.
 */
export async function resolve(
  specifier: string,
  context: { readonly parentURL?: string },
  nextResolve: (specifier: string, context: object) => Promise<object>,
): Promise<object> {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    if (/^([./]|[a-z]+:)/.test(specifier)) throw error;
    for (const folder of (process.env['NODE_PATH'] ?? '').split(delimiter)) {
      if (folder === '') continue;
      const parentURL = pathToFileURL(join(folder, '..', 'index.js')).href;
      try {
        return await nextResolve(specifier, { ...context, parentURL });
      } catch {
        // The next folder may have it.
      }
    }
    throw error;
  }
}

if (isMainThread) {
  register(import.meta.url);
  await main();
}
