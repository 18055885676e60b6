import type { DataFlow, State, StateGraph } from '../ast.ts';
import type { Fields } from './fields.ts';

/** Reads the graph of states inside a state. */
export type GraphParser = (fields: Fields) => StateGraph;

/** The fields that every state has. */
export interface StateBaseOf<_S extends State> {
  readonly name: string;
  readonly comment: string | undefined;
  readonly flow: DataFlow;
}
