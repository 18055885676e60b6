/** A metric math expression (CloudWatch User Guide, "Metric math syntax and functions"). */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** An id of the request, such as `m1`. */
  | { readonly kind: 'id'; readonly id: string }
  /** A word that a function takes, such as `REPEAT`, `AVG` or `DESC`. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'negative'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '^'
  | '=='
  | '!='
  | '<='
  | '>='
  | '<'
  | '>'
  | 'AND'
  | 'OR';

/** A mistake in an expression, or in the values that it is applied to. */
export class MathFailure extends Error {
  override readonly name = 'MathFailure';
}

/** The ids that an expression names. */
export function idsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'id':
      return [expression.id];
    case 'call':
      return expression.arguments.flatMap(idsIn);
    case 'array':
      return expression.items.flatMap(idsIn);
    case 'negative':
      return idsIn(expression.operand);
    case 'binary':
      return [...idsIn(expression.left), ...idsIn(expression.right)];
    case 'number':
    case 'text':
    case 'word':
      return [];
  }
}

/** Returns whether an expression calls a function somewhere. */
export function callsFunction(expression: Expression, name: string): boolean {
  switch (expression.kind) {
    case 'call':
      return (
        expression.name === name || expression.arguments.some((one) => callsFunction(one, name))
      );
    case 'array':
      return expression.items.some((one) => callsFunction(one, name));
    case 'negative':
      return callsFunction(expression.operand, name);
    case 'binary':
      return callsFunction(expression.left, name) || callsFunction(expression.right, name);
    default:
      return false;
  }
}
