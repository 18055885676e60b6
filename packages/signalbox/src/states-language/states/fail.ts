import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import type { FailState } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import { evaluate, queryFailure } from '../evaluate.ts';
import { allReady, type Eventual, onceReady } from '../eventual.ts';
import { jsonTypeName } from '../json-type-name.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import type { StateOutcome } from '../state-outcome.ts';
import type { Template } from '../template.ts';

/** Ends the execution with an error and a cause. */
export function runFail(state: FailState, visit: Visit): Eventual<StateOutcome> {
  const texts = allReady([
    textOf(state.error, 'Error', visit),
    textOf(state.cause, 'Cause', visit),
  ]);
  return onceReady(texts, ([error, cause]) => ({ kind: 'failed', error, cause }));
}

function textOf(
  template: Template | undefined,
  field: string,
  visit: Visit,
): Eventual<string | undefined> {
  if (template === undefined) return undefined;
  return onceReady(evaluate(template, { visit, root: visit.input }), (value) => {
    if (typeof value === 'string') return value;
    throw notText(template, field, value);
  });
}

function notText(template: Template, field: string, value: Json): StateFailure {
  if (template.kind === 'jsonata') {
    return queryFailure(
      template.expression,
      field,
      `returned an unexpected result type. Expected 'string', but was '${jsonTypeName(value)}' for value: ${jsonText(value)}`,
    );
  }
  return new StateFailure(
    ERROR.runtime,
    `The ${field}Path field refers to value ${jsonText(value)} which is not a valid string`,
  );
}
