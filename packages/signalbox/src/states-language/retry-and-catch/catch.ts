import type { Json } from '../../core/json.ts';
import type { Catcher } from '../ast.ts';
import { combine, type Leaving } from '../data-flow.ts';
import { coversError, ERROR, type ErrorNames } from '../error-names.ts';
import { evaluate, evaluateAssign } from '../evaluate.ts';
import { type Eventual, onceReady } from '../eventual.ts';
import type { Visit } from '../run.ts';
import type { TaskFailure } from '../task-result.ts';

/** Finds the first catcher for an error. */
export function findCatcher(catchers: readonly Catcher[], error: ErrorNames): Catcher | undefined {
  return catchers.find(({ errorEquals }) => coversError(errorEquals, error));
}

/** Makes the output and variables with which a caught failure leads on. */
export function leaveCaught(
  catcher: Catcher,
  failure: TaskFailure,
  visit: Visit,
): Eventual<Leaving> {
  const errorOutput: Json = {
    Error: failure.error ?? null,
    // AWS: a time-out has no cause, and is caught with an empty one.
    Cause: failure.cause ?? (failure.error === ERROR.timeout ? '' : null),
  };
  const scope = { visit, root: errorOutput, errorOutput };
  return onceReady(evaluateAssign(catcher.assign, scope), (assigned) => {
    const output =
      catcher.output === undefined
        ? combine(catcher.resultPath, visit, errorOutput)
        : evaluate(catcher.output, scope);
    return onceReady(output, (ready) => ({ output: ready, assigned }));
  });
}
