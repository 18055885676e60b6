import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { handlerExport, handlerModule } from '../handler-name.ts';
import type { InvokeContext } from './invoke-context.ts';
import {
  CallbackHandlerDeprecated,
  HandlerNotFound,
  ImportModuleError,
  MalformedHandlerName,
  UserCodeSyntaxError,
} from './runtime-errors.ts';

/** A function's handler. */
export type Handler = (event: unknown, context: InvokeContext, callback?: Callback) => unknown;

/** How a handler of old says that it is done. */
export type Callback = (error?: unknown, result?: unknown) => void;

const CALLBACKS_REMOVED =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/**
 * Loads a handler such as `app.handler` from the task root in the order of the Node.js 24 runtime:
 * the bare name, `.js`, `.mjs`, `.cjs`, then CommonJS resolution. `takesCallbacks` says whether the function's runtime still has them.
 * @throws {Error} Under the runtime's own error names, or whatever the module threw.
 */
export async function loadHandler(
  taskRoot: string,
  handler: string,
  takesCallbacks: boolean,
): Promise<Handler> {
  if (handler.includes('..')) {
    const advice = 'Use absolute paths when specifying root directories in handler names.';
    throw new MalformedHandlerName(`'${handler}' is not a valid handler name. ${advice}`);
  }
  const name = handlerExport(handler);
  if (name === '') throw new MalformedHandlerName('Bad handler');
  const module = await loadModule(taskRoot, handlerModule(handler));
  const found = findIn(module, name) ?? findIn(property(module, 'default'), name);
  if (!found) throw new HandlerNotFound(`${handler} is undefined or not exported`);
  if (!isHandler(found)) throw new HandlerNotFound(`${handler} is not a function`);
  if (found.length >= 3 && !takesCallbacks) {
    throw new CallbackHandlerDeprecated(CALLBACKS_REMOVED);
  }
  return found;
}

async function loadModule(taskRoot: string, name: string): Promise<unknown> {
  const file = resolve(taskRoot, name);
  try {
    for (const suffix of ['', '.js', '.mjs', '.cjs']) {
      const path = `${file}${suffix}`;
      if (existsSync(path)) return await import(pathToFileURL(path).href);
    }
    const require = createRequire(join(taskRoot, 'index.js'));
    const paths = [taskRoot, join(taskRoot, dirname(name))];
    return require(require.resolve(basename(name), { paths }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserCodeSyntaxError(error);
    if (error instanceof Error && property(error, 'code') === 'MODULE_NOT_FOUND') {
      throw new ImportModuleError(error);
    }
    throw error;
  }
}

function findIn(module: unknown, name: string): unknown {
  return name.split('.').reduce(property, module);
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Reflect.get(value, key);
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
