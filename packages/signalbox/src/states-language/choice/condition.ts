import type { Json } from '../../core/json.ts';
import type { Expression } from '../jsonata/expression.ts';
import type { Path } from '../jsonpath/path.ts';

/** When a rule of a Choice holds. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'comparison';
      readonly variable: Path;
      readonly operator: Operator;
      readonly operand: Operand;
    }
  | { readonly kind: 'jsonata'; readonly expression: Expression; readonly field: string };

/**
 * The other side of a comparison: a value of the definition, or of the input by an operator's
 * `…Path`.
 */
export type Operand =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: Path };

/** A comparison of a Choice: values of other types than it compares never match. */
export type Operator =
  | { readonly kind: 'comparison'; test(value: Json, operand: Json): boolean }
  | { readonly kind: 'presence'; test(isPresent: boolean, operand: Operand): boolean };
