import type { Json, JsonObject } from '../../core/json.ts';
import type { ChoiceRule } from '../ast.ts';
import type { Condition } from '../choice/condition.ts';
import { OPERATORS } from '../choice/operators.ts';
import { printAssign, printField } from './print-template.ts';

/** Writes a rule of Choices. */
export function printRule(rule: ChoiceRule, isJsonata: boolean): JsonObject {
  const { condition, next, output, assign } = rule;
  return {
    ...(isJsonata ? { Condition: printJsonata(condition) } : printCondition(condition)),
    ...printField('Output', output),
    ...printAssign(assign),
    Next: next,
  };
}

function printJsonata(condition: Condition): Json {
  // All of no conditions always hold, some of none never do: that is how the literals were read.
  return condition.kind === 'jsonata'
    ? `{% ${condition.expression.source} %}`
    : condition.kind === 'and';
}

function printCondition(condition: Condition): JsonObject {
  switch (condition.kind) {
    case 'and':
      return { And: condition.conditions.map(printCondition) };
    case 'or':
      return { Or: condition.conditions.map(printCondition) };
    case 'not':
      return { Not: printCondition(condition.condition) };
    case 'comparison':
      return printComparison(condition);
    case 'jsonata':
      throw new TypeError('Cannot write JSONata inside a JSONPath condition');
  }
}

function printComparison({
  variable,
  operator,
  operand,
}: Extract<Condition, { kind: 'comparison' }>): JsonObject {
  const name = NAMES.get(operator);
  if (name === undefined) throw new RangeError('Cannot write an operator without a name');
  return operand.kind === 'path'
    ? { Variable: variable.text, [`${name}Path`]: operand.path.text }
    : { Variable: variable.text, [name]: operand.value };
}

const NAMES = new Map([...OPERATORS].map(([name, operator]) => [operator, name]));
