import { jsonText } from '../core/exact-json/exact-number.ts';
import type { Json } from '../core/json.ts';
import { exceedsPayloadLimit, tooLargeResult } from '../core/payload-limit.ts';
import type { DataFlow, JsonPathFlow } from './ast.ts';
import { ERROR } from './error-names.ts';
import { evaluate, evaluateAssign, rootOf } from './evaluate.ts';
import { type Eventual, onceReady } from './eventual.ts';
import type { Path } from './jsonpath/path.ts';
import { writeAt } from './jsonpath/reference-path.ts';
import type { Visit } from './run.ts';
import { StateFailure } from './state-failure.ts';

/** The output of a state. */
export interface Leaving {
  readonly output: Json;
  readonly assigned: Readonly<Record<string, Json>> | undefined;
}

/** The state's input as InputPath narrows it; JSONata states have it as it came. */
export function narrowedInput(flow: DataFlow, visit: Visit): Json {
  if (flow.language === 'JSONata') return visit.input;
  return applyPath(flow.inputPath, visit.input, visit);
}

/** The effective input of the state: the narrowed input through Parameters, or Arguments. */
export function effectiveInput(flow: DataFlow, visit: Visit): Eventual<Json> {
  if (flow.language === 'JSONata') {
    if (flow.arguments === undefined) return visit.input;
    return evaluate(flow.arguments, { visit, root: visit.input });
  }
  const root = narrowedInput(flow, visit);
  return flow.parameters === undefined ? root : evaluate(flow.parameters, { visit, root });
}

/**
 * Makes a state's output and variables of its result.
 * @throws {StateFailure} When an expression fails, or the output is over 256 KiB.
 */
export function leaveWith(flow: DataFlow, visit: Visit, result: Json): Eventual<Leaving> {
  const leaving =
    flow.language === 'JSONata'
      ? leaveJsonata(flow, visit, result)
      : leaveJsonPath(flow, visit, result);
  return onceReady(leaving, (left) => {
    checkSize(left.output, visit);
    return left;
  });
}

/** Refuses what AWS's payload limit refuses; the input that came in has been weighed before. */
export function checkSize(output: Json, visit: Visit): void {
  if (output === visit.input || !exceedsPayloadLimit(output)) return;
  throw new StateFailure(ERROR.dataLimitExceeded, tooLargeResult(visit.stateName), { bare: true });
}

/** Refuses an Assign over 256 KiB. AWS: Step Functions, passing data between states with variables, limits. */
export function checkAssigned(assigned: Leaving['assigned'], visit: Visit): void {
  if (assigned === undefined || !exceedsPayloadLimit(assigned)) return;
  throw new StateFailure(
    ERROR.dataLimitExceeded,
    `The state '${visit.stateName}' assigned variables with a size exceeding the maximum number of bytes service limit.`,
    { bare: true },
  );
}

function leaveJsonata(
  flow: Extract<DataFlow, { language: 'JSONata' }>,
  visit: Visit,
  result: Json,
): Eventual<Leaving> {
  const scope = { visit, root: visit.input, result };
  // AWS: Assign and Output are evaluated side by side, so neither sees the other's values.
  return onceReady(evaluateAssign(flow.assign, scope), (assigned) => {
    const output = flow.output === undefined ? result : evaluate(flow.output, scope);
    return onceReady(output, (ready) => ({ output: ready, assigned }));
  });
}

function leaveJsonPath(flow: JsonPathFlow, visit: Visit, result: Json): Eventual<Leaving> {
  const { resultSelector } = flow;
  const selected =
    resultSelector === undefined ? result : evaluate(resultSelector, { visit, root: result });
  return onceReady(selected, (ready) => {
    const assigned = evaluateAssign(flow.assign, { visit, root: ready });
    const combined = combine(flow.resultPath, visit, ready);
    const output = applyPath(flow.outputPath, combined, visit);
    return onceReady(assigned, (values) => ({ output, assigned: values }));
  });
}

/**
 * Puts a result into the state's input by ResultPath.
 * @throws {StateFailure} States.ResultPathMatchFailure, when the input has no such place.
 */
export function combine(resultPath: JsonPathFlow['resultPath'], visit: Visit, result: Json): Json {
  if (resultPath === undefined) return result;
  if (resultPath === null) return visit.input;
  const combined = writeAt(visit.input, resultPath.steps, result);
  if (combined !== undefined) return combined;
  throw new StateFailure(
    ERROR.resultPathMatchFailure,
    `Unable to apply ReferencePath ${resultPath.text} to input ${jsonText(visit.input)}`,
  );
}

/** Reads a path that a state cannot do without. @throws {StateFailure} `Invalid path`, with the reason. */
export function applyPath(path: Path | null | undefined, value: Json, visit: Visit): Json {
  if (path === undefined) return value;
  if (path === null) return {};
  const root = rootOf(path, { visit, root: value });
  const found = root === undefined ? undefined : path.read(root);
  if (found !== undefined) return found;
  const reason =
    root === undefined ? `No results for path: ${path.text}` : path.failure(root)?.message;
  throw new StateFailure(ERROR.runtime, `Invalid path '${path.text}' : ${reason ?? ''}`);
}
