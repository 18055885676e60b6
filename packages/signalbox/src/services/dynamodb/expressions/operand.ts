import type { DocumentPath } from './document-path.ts';
import type { AttributeValue } from './expression-context.ts';

/** A function and what it is called with, as dynalite evaluates it. */
export interface FunctionCall {
  readonly type: 'function';
  readonly name: string;
  readonly args: readonly OperandNode[];
  /** The type of what it returns, where that does not depend on the item. */
  readonly attrType: string | undefined;
}

/** An operand as dynalite evaluates it; a value that is not defined is undefined. */
export type OperandNode = DocumentPath | AttributeValue | FunctionCall | undefined;

/** An operand, and what it is. */
export type Operand =
  | { readonly kind: 'path'; readonly node: DocumentPath }
  | { readonly kind: 'value'; readonly node: AttributeValue | undefined }
  | { readonly kind: 'call'; readonly node: FunctionCall };

const TYPES = ['S', 'N', 'B', 'NULL', 'BOOL', 'SS', 'NS', 'BS', 'L', 'M'] as const;

/** The type of an operand where the expression says it; a path's depends on the item. */
export function typeOf(operand: Operand | undefined): string | undefined {
  return operand?.kind === 'call' ? operand.node.attrType : valueTypeOf(operand);
}

/** The type of an operand that is a value. */
export function valueTypeOf(operand: Operand | undefined): string | undefined {
  if (operand?.kind !== 'value') return undefined;
  const { node } = operand;
  return TYPES.find((type) => node?.[type] !== undefined && node[type] !== null);
}
