import { choose } from './choose.ts';
import { type Expression, MathFailure } from './expression.ts';
import { callFunction, eachSeries } from './functions.ts';
import { applyOperator } from './operators.ts';
import {
  type MathArgument,
  type MathRange,
  type MathValue,
  mapSeries,
  type Series,
  scalar,
} from './series.ts';

/** The time range and the metrics that an expression may read. */
export interface MathScope {
  readonly range: MathRange;
  /** The metrics of the request by their ids; expressions aren't among them. */
  readonly metrics: ReadonlyMap<string, Series>;
  /** Returns the value of an id of the request. @throws {MathFailure} For an id that it does not have. */
  valueOf(id: string): MathValue;
}

/**
 * Evaluates a metric math expression (CloudWatch User Guide, "Metric math syntax and functions").
 * @throws {MathFailure} When it can't be evaluated.
 */
export function evaluateExpression(expression: Expression, scope: MathScope): MathValue {
  switch (expression.kind) {
    case 'number':
      return scalar(expression.value);
    case 'id':
      return scope.valueOf(expression.id);
    case 'negative':
      return negative(evaluateExpression(expression.operand, scope));
    case 'array':
      return {
        kind: 'array',
        all: expression.items.flatMap((item) => flat(evaluateExpression(item, scope))),
      };
    case 'binary':
      return applyOperator(
        expression.operator,
        evaluateExpression(expression.left, scope),
        evaluateExpression(expression.right, scope),
      );
    case 'call':
      return evaluateCall(expression.name, expression.arguments, scope);
    case 'text':
    case 'word':
      throw new MathFailure(`${JSON.stringify(wordOf(expression))} is no value`);
  }
}

function evaluateCall(name: string, given: readonly Expression[], scope: MathScope): MathValue {
  if (name === 'METRICS') return metrics(given[0], scope);
  const values = given.map(
    (argument): MathArgument =>
      argument.kind === 'word' ? argument : evaluateExpression(argument, scope),
  );
  if (name === 'IF') return choose(values);
  return callFunction({ name, arguments: values, range: scope.range });
}

function metrics(filter: Expression | undefined, scope: MathScope): MathValue {
  if (filter !== undefined && filter.kind !== 'text') {
    throw new MathFailure('METRICS takes a text in quotes, or nothing');
  }
  const chosen = [...scope.metrics].filter(
    ([id]) => filter === undefined || id.includes(filter.value),
  );
  return { kind: 'array', all: chosen.map(([, series]) => series) };
}

function negative(value: MathValue): MathValue {
  if (value.kind === 'scalar') return scalar(-value.value);
  return eachSeries(value, (series) => mapSeries(series, (point) => -point));
}

function flat(value: MathValue): readonly Series[] {
  if (value.kind === 'scalar') throw new MathFailure('An array holds time series, not numbers');
  return value.kind === 'series' ? [value.series] : value.all;
}

function wordOf(expression: Extract<Expression, { readonly kind: 'text' | 'word' }>): string {
  return expression.kind === 'text' ? expression.value : expression.word;
}
