import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';

const SIGNS: Readonly<Record<string, string>> = {
  Equals: '==',
  LessThan: '<',
  LessThanEquals: '≤',
  GreaterThan: '>',
  GreaterThanEquals: '≥',
};

const OPERATOR =
  /^(?:String|Numeric|Timestamp|Boolean)(Equals|LessThanEquals|LessThan|GreaterThanEquals|GreaterThan)(?:Path)?$/;

/**
 * Writes a rule of a Choice in one line, for the edge of a graph.
 *
 * @param rule As it stands in the definition, such as `{ "Variable": "$.n", "NumericEquals": 1 }`.
 * @example conditionText({ Variable: '$.n', NumericEquals: 1, Next: 'One' }) // '$.n == 1'
 */
export function conditionText(rule: JsonObject): string {
  const { Condition: expression, Not: not, And: and, Or: or, Variable: variable } = rule;
  if (expression !== undefined) return expressionText(expression);
  if (isJsonObject(not)) return `not (${conditionText(not)})`;
  if (Array.isArray(and)) return joined(and, ' and ');
  if (Array.isArray(or)) return joined(or, ' or ');
  const operator = Object.entries(rule).find(
    ([name]) => OPERATOR.test(name) || /^(Is|StringMatches)/.test(name),
  );
  return operator === undefined ? '' : comparisonText(String(variable), ...operator);
}

function expressionText(expression: Json): string {
  return typeof expression === 'string'
    ? expression.replace(/^\{%\s*|\s*%\}$/g, '').replaceAll(/\s+/g, ' ')
    : String(expression);
}

function joined(conditions: readonly Json[], word: string): string {
  const texts = conditions.flatMap((one) => (isJsonObject(one) ? [conditionText(one)] : []));
  return texts.map((one) => (/ (and|or) /.test(one) ? `(${one})` : one)).join(word);
}

function comparisonText(variable: string, name: string, operand: Json): string {
  const sign = SIGNS[OPERATOR.exec(name)?.[1] ?? ''];
  if (sign !== undefined) {
    const other = name.endsWith('Path') ? String(operand) : JSON.stringify(operand);
    return `${variable} ${sign} ${other}`;
  }
  if (name === 'StringMatches') return `${variable} matches ${JSON.stringify(operand)}`;
  const what = name.slice('Is'.length).toLowerCase();
  return `${variable} is ${operand === true ? '' : 'not '}${what}`;
}
