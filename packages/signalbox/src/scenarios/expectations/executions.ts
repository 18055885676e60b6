import * as v from 'valibot';
import type { JsonObject } from '../../core/json.ts';
import { fields, listOf, Text } from '../../core/schema/schema.ts';
import { isLike, jsonText, pair } from '../difference.ts';
import { JsonRecord } from '../json-value.ts';
import { expectationKind } from '../scenario-extension.ts';
import type { ExecutionResult } from '../scenario-result.ts';
import { valueAt } from '../value-at.ts';

const ExpectedExecution = fields({
  status: Text,
  error: v.optional(Text),
  lastState: v.optional(Text),
  /** The states in the order in which they were entered. */
  path: v.optional(listOf(Text)),
  /** Values at paths; a `*` in a text stands for whatever is there. */
  input: v.optional(JsonRecord, {}),
  output: v.optional(JsonRecord, {}),
});

type Expected = v.InferOutput<typeof ExpectedExecution>;

/** Every execution that the scenario starts, in any order. */
export const executions = expectationKind(
  listOf(ExpectedExecution),
  async (expected) => async (played) => ({
    found: null,
    differences: executionDifferences(expected, played.executions),
  }),
);

/** Each expected execution takes one that fits it; one that is missing is shown with the nearest of the rest. */
export function executionDifferences(
  expected: readonly Expected[],
  played: readonly ExecutionResult[],
): readonly string[] {
  const { missing, left: rest } = pair(expected, played, (one, execution) =>
    agreements(one, execution).every((agrees) => agrees),
  );
  const left = [...rest];
  const lines = missing.map((one) => {
    const nearest = [...left].sort((a, b) => likeness(one, b) - likeness(one, a))[0];
    if (nearest === undefined) return `expected an execution ${textOf(one)}; none is left`;
    left.splice(left.indexOf(nearest), 1);
    return `expected an execution ${textOf(one)}; nearest: ${gotText(nearest, one)}`;
  });
  return [
    ...lines,
    ...left.map((execution) => `did not expect the execution ${gotText(execution)}`),
  ];
}

/** Counts the expected values that an execution has. */
function likeness(one: Expected, execution: ExecutionResult): number {
  return agreements(one, execution).filter((agrees) => agrees).length;
}

function agreements(one: Expected, execution: ExecutionResult): readonly boolean[] {
  return [
    execution.status === one.status,
    one.error === undefined || execution.error === one.error,
    one.lastState === undefined || execution.path.at(-1) === one.lastState,
    one.path === undefined || execution.path.join() === one.path.join(),
    ...Object.entries(one.input).map(([path, value]) =>
      isLike(jsonText(value), jsonText(valueAt(execution.input, path))),
    ),
    ...Object.entries(one.output).map(([path, value]) =>
      isLike(jsonText(value), jsonText(valueAt(execution.output, path))),
    ),
  ];
}

function textOf({ status, error, lastState, path, input, output }: Expected): string {
  const of = valuesText(input);
  return [
    of && `of ${of}`,
    status,
    error,
    lastState && `in ${lastState}`,
    path && `by ${path.join(' → ')}`,
    valuesText(output),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Writes an execution, with what its input has where the expectation names something. */
function gotText(execution: ExecutionResult, one?: Expected): string {
  const { name, status, error, path, input, output } = execution;
  const named = Object.fromEntries(
    Object.keys(one?.input ?? {}).map((key) => [key, valueAt(input, key)]),
  );
  const of = valuesText(named) || name;
  const came = output === null ? '' : `with ${jsonText(output).slice(0, 300)}`;
  const way = one?.path === undefined ? `in ${path.at(-1)}` : `by ${path.join(' → ')}`;
  return ['of', of, status, error, way, came].filter(Boolean).join(' ');
}

function valuesText(values: JsonObject): string {
  return Object.entries(values)
    .map(([path, value]) => `${path} ${jsonText(value)}`)
    .join(' ');
}
