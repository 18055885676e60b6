import type { Json } from '../core/json.ts';
import type { Expression } from './jsonata/expression.ts';
import type { IntrinsicCall } from './jsonpath/intrinsic-call.ts';
import type { Path } from './jsonpath/path.ts';

/** A value of the definition with its expressions compiled: evaluating it yields JSON. */
export type Template =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'object'; readonly members: readonly TemplateMember[] }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | ({ readonly kind: 'jsonata'; readonly expression: Expression } & AtField)
  | ({ readonly kind: 'path'; readonly path: Path } & AtField)
  | ({ readonly kind: 'intrinsic'; readonly call: IntrinsicCall } & AtField);

export interface TemplateMember {
  readonly name: string;
  readonly value: Template;
}

interface AtField {
  /** The expression's field in the state, as AWS's causes name it: `Output/total`, `id.$`. */
  readonly field: string;
}

/** A template that yields this value, whatever the input. */
export function literal(value: Json): Template {
  return { kind: 'literal', value };
}
