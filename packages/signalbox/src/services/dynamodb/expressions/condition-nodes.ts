import type { FunctionCall, OperandNode } from './operand.ts';

/** A comparison, `BETWEEN` or `IN` as dynalite evaluates it. */
export interface Comparison {
  readonly type: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'between' | 'in';
  readonly args: readonly OperandNode[];
}

/** Conditions joined, as dynalite evaluates them. */
export interface Junction {
  readonly type: 'and' | 'or' | 'not';
  readonly args: readonly ConditionNode[];
}

/** A condition as dynalite evaluates it. */
export type ConditionNode = Comparison | Junction | FunctionCall;

/** What dynalite works with of a condition, filter or key condition. */
export interface ParsedCondition {
  readonly expression: ConditionNode;
  /** The attributes of which a part is asked for, as keys. */
  readonly nestedPaths: Readonly<Record<string, true>>;
  /** The attributes that are asked for, as keys. */
  readonly pathHeads: Readonly<Record<string, true>>;
}
