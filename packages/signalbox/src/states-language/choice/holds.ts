import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import { ERROR } from '../error-names.ts';
import { type EvaluationScope, evaluate, queryFailure, rootOf } from '../evaluate.ts';
import { type Eventual, onceReady } from '../eventual.ts';
import { jsonTypeName } from '../json-type-name.ts';
import type { Expression } from '../jsonata/expression.ts';
import type { Path } from '../jsonpath/path.ts';
import { StateFailure } from '../state-failure.ts';
import type { Condition, Operand } from './condition.ts';

/**
 * Says whether a condition holds.
 * @throws {StateFailure} When a path leads nowhere or an expression yields no boolean.
 */
export function holds(condition: Condition, scope: EvaluationScope): Eventual<boolean> {
  return condition.kind === 'jsonata'
    ? jsonataHolds(condition.expression, condition.field, scope)
    : pathConditionHolds(condition, scope);
}

function pathConditionHolds(condition: Condition, scope: EvaluationScope): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((inner) => pathConditionHolds(inner, scope));
    case 'or':
      return condition.conditions.some((inner) => pathConditionHolds(inner, scope));
    case 'not':
      return !pathConditionHolds(condition.condition, scope);
    case 'comparison':
      return compare(condition, scope);
    case 'jsonata':
      throw new TypeError('Cannot evaluate JSONata inside a JSONPath condition');
  }
}

function compare(
  { variable, operator, operand }: Extract<Condition, { kind: 'comparison' }>,
  scope: EvaluationScope,
): boolean {
  const value = valueAt(variable, scope);
  if (operator.kind === 'presence') return operator.test(value !== undefined, operand);
  if (value === undefined) throw invalidReference(variable);
  return operator.test(value, operandValue(operand, scope));
}

function operandValue(operand: Operand, scope: EvaluationScope): Json {
  if (operand.kind === 'literal') return operand.value;
  const value = valueAt(operand.path, scope);
  if (value === undefined) throw invalidReference(operand.path);
  return value;
}

function valueAt(path: Path, scope: EvaluationScope): Json | undefined {
  const root = rootOf(path, scope);
  return root === undefined ? undefined : path.read(root);
}

function invalidReference(path: Path): StateFailure {
  return new StateFailure(
    ERROR.runtime,
    `Invalid path '${path.text}': The choice state's condition path references an invalid value.`,
  );
}

function jsonataHolds(
  expression: Expression,
  field: string,
  scope: EvaluationScope,
): Eventual<boolean> {
  return onceReady(evaluate({ kind: 'jsonata', expression, field }, scope), (value) => {
    if (typeof value === 'boolean') return value;
    throw queryFailure(
      expression,
      field,
      `returned an unexpected result type. Expected 'boolean', but was '${jsonTypeName(value)}' for value: ${jsonText(value)}`,
    );
  });
}
