import { isJsonNumber, jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import type { TaskState } from '../ast.ts';
import { applyPath, narrowedInput } from '../data-flow.ts';
import { ERROR } from '../error-names.ts';
import { evaluate, queryFailure } from '../evaluate.ts';
import { jsonTypeName } from '../json-type-name.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import type { Template } from '../template.ts';

/** The time limit of a task, and of its heartbeat. */
export interface TimeLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

/** Computes a Task's time limits. */
export async function limitsOf(state: TaskState, visit: Visit): Promise<TimeLimits> {
  return {
    timeoutSeconds: await positiveInteger(state.timeoutSeconds, 'TimeoutSeconds', state, visit),
    heartbeatSeconds: await positiveInteger(
      state.heartbeatSeconds,
      'HeartbeatSeconds',
      state,
      visit,
    ),
  };
}

/** Computes the role of a Task's `Credentials`. */
export async function credentialsOf(state: TaskState, visit: Visit): Promise<string | undefined> {
  if (state.roleArn === undefined) return undefined;
  const value = await evaluate(state.roleArn, { visit, root: narrowedInput(state.flow, visit) });
  if (typeof value === 'string') return value;
  throw mistyped(state.roleArn, 'Credentials/RoleArn', 'string', value);
}

async function positiveInteger(
  template: Template | undefined,
  field: string,
  state: TaskState,
  visit: Visit,
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const root = narrowedInput(state.flow, visit);
  const value =
    template.kind === 'path'
      ? applyPath(template.path, root, visit)
      : await evaluate(template, { visit, root });
  if (isJsonNumber(value) && Number.isInteger(Number(value)) && Number(value) > 0) {
    return Number(value);
  }
  throw mistyped(template, field, 'integer', value);
}

/** The failure of a field whose value came out of another type than it needs. */
export function mistyped(
  template: Template,
  field: string,
  expected: string,
  value: Json,
): StateFailure {
  if (template.kind === 'jsonata') {
    return queryFailure(
      template.expression,
      template.field,
      `returned an unexpected result type. Expected '${expected}', but was '${jsonTypeName(value)}' for value: ${jsonText(value)}`,
    );
  }
  const path = template.kind === 'path' ? `: ${template.path.text}` : '';
  return new StateFailure(
    ERROR.runtime,
    `The ${field}Path field refers to value ${jsonText(value)} which is not a valid ${expected}${path}`,
  );
}
