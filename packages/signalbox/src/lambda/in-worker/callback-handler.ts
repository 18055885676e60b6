import type { InvokeContext } from './invoke-context.ts';
import type { Callback, Handler } from './load-handler.ts';

/** The first runtime of Node.js without callbacks. */
const FIRST_WITHOUT = 24;

/** What the context of a runtime with callbacks has besides. */
interface CallbackContext extends InvokeContext {
  /** Whether the result of `callback` waits until nothing is left to do; true unless the handler sets it. */
  callbackWaitsForEmptyEventLoop: boolean;
  succeed(result?: unknown): void;
  fail(error?: unknown): void;
  done: Callback;
}

/** Tells whether a runtime, such as `AWS_Lambda_nodejs20.x`, has callbacks. */
export function hasCallbacks(executionEnvironment: string | undefined): boolean {
  const [, major] = /nodejs(\d+)/.exec(executionEnvironment ?? '') ?? [];
  return major !== undefined && Number(major) < FIRST_WITHOUT;
}

/**
 * Calls a handler as the runtimes up to Node.js 22 do: its result is what its promise or the first of `callback`,
 * `context.done`, `succeed` and `fail` gives, and null where nothing is left to do and none was called
 * (aws-lambda-nodejs-runtime-interface-client, `CallbackContext.js`). What the handler returns is none.
 *
 * @param whenIdle Calls back once when nothing is left to do; without it `callback` waits for nothing, and a
 * handler that never calls back runs until its time-out.
 */
export function callWithCallback(
  handler: Handler,
  event: unknown,
  context: InvokeContext,
  whenIdle?: (act: () => void) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (error?: unknown): void => reject(error ?? 'handled');
    const done: Callback = (error, result) => (isGiven(error) ? fail(error) : resolve(result));
    const given: CallbackContext = {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      succeed: resolve,
      fail,
      done,
    };
    let hasResult = false;
    let atIdle = (): void => resolve(null);
    const callback: Callback = (error, result) => {
      if (isGiven(error) || !given.callbackWaitsForEmptyEventLoop || whenIdle === undefined) {
        done(error, result);
      } else if (!hasResult) {
        hasResult = true;
        atIdle = () => resolve(result);
      }
    };
    const returned = handler(event, given, callback);
    if (returned instanceof Promise) returned.then(resolve, fail);
    else whenIdle?.(() => atIdle());
  });
}

function isGiven(error: unknown): boolean {
  return error !== undefined && error !== null;
}
