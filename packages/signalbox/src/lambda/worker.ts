import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { mapStackTraces } from '../source-maps/map-stack-traces.ts';
import { callWithCallback, hasCallbacks } from './in-worker/callback-handler.ts';
import { toErrorLog, toErrorReport } from './in-worker/error-report.ts';
import { toInvokeContext } from './in-worker/invoke-context.ts';
import { type Handler, loadHandler } from './in-worker/load-handler.ts';
import { captureLogs, type LogCapture } from './in-worker/log-capture.ts';
import { limitProcesses } from './in-worker/process-limit.ts';
import { installRehearsalDate } from './in-worker/rehearsal-date.ts';
import { toPayload } from './in-worker/to-payload.ts';
import type { WorkerInvocation, WorkerReport, WorkerStart } from './worker-messages.ts';

/** One execution environment: loads a function's handler once, then runs one invocation after the other. */
async function main(report: (message: WorkerReport) => void): Promise<void> {
  const { environment, clockOffsetMs, functionProcesses }: WorkerStart = workerData;
  limitProcesses(functionProcesses);
  const date = installRehearsalDate();
  date.setOffset(clockOffsetMs);
  Object.assign(process.env, environment);
  silenceVersionWarning();
  if (environment['NODE_OPTIONS']?.includes('--enable-source-maps')) mapStackTraces();
  const logs = captureLogs((message) => report({ type: 'log', message }));
  const taskRoot = environment['LAMBDA_TASK_ROOT'] ?? '';
  let handler: Handler;
  try {
    const takesCallbacks = hasCallbacks(environment['AWS_EXECUTION_ENV']);
    handler = await loadHandler(taskRoot, environment['_HANDLER'] ?? '', takesCallbacks);
  } catch (error) {
    logs.logError('Init Error', toErrorLog(error));
    logs.flush();
    report({ type: 'init-failed', error: JSON.stringify(toErrorReport(error)) });
    return;
  }
  parentPort?.on('message', (invocation: WorkerInvocation) => {
    date.setOffset(invocation.clockOffsetMs);
    void runHandler(handler, invocation, logs).then(report);
  });
  logs.flush();
  report({ type: 'ready' });
}

async function runHandler(
  handler: Handler,
  invocation: WorkerInvocation,
  logs: LogCapture,
): Promise<WorkerReport> {
  process.env['_X_AMZN_TRACE_ID'] = invocation.traceId;
  logs.setRequestId(invocation.requestId);
  try {
    const event: unknown = JSON.parse(Buffer.from(invocation.payload).toString('utf8'));
    const context = toInvokeContext(invocation, process.env);
    const result = await (handler.length >= 3
      ? callWithCallback(handler, event, context)
      : handler(event, context));
    await settle();
    const payload = toPayload(result);
    logs.flush();
    return { type: 'succeeded', payload, memoryBytes: usedBytes() };
  } catch (error) {
    await settle();
    logs.logError('Invoke Error', toErrorLog(error));
    logs.flush();
    const report = JSON.stringify(toErrorReport(error));
    return { type: 'failed', error: report, memoryBytes: usedBytes() };
  }
}

/** The AWS SDK's warning is about the Node.js of this machine, not about the function's runtime. */
function silenceVersionWarning(): void {
  const { emitWarning } = process;
  Reflect.set(process, 'emitWarning', (...given: Parameters<typeof emitWarning>) => {
    if (!String(given[0]).startsWith('NodeVersionSupportWarning')) emitWarning(...given);
  });
}

/** Lets what the handler left ready run, as the runtime does before it responds. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * This thread's memory; the process's resident set would count every function together. Garbage counts
 * only as far as the function's memory has room for it.
 */
function usedBytes(): number {
  const limitBytes = Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']) * 1_048_576;
  const used = heldBytes();
  if (!(used > limitBytes)) return used;
  collectGarbage();
  return heldBytes();
}

function heldBytes(): number {
  const { heapTotal, external } = process.memoryUsage();
  return heapTotal + external;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

if (parentPort !== null) {
  const port = parentPort;
  await main((message) => port.postMessage(message));
}
