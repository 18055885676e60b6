import type { QueryLanguage, State, StateGraph } from '../ast.ts';
import type { Fields } from './fields.ts';
import { parseState } from './parse-state.ts';

/** Reads `StartAt` and `States`; `machine` is the query language of states that name none. */
export function parseGraph(fields: Fields, machine: QueryLanguage): StateGraph {
  fields.require('States', 'StartAt');
  const startAt = fields.text('StartAt') ?? '';
  const states = new Map<string, State>();
  const members = fields.object('States');
  if (members === undefined) return { startAt, states };
  if (members.names.length === 0) {
    fields.diagnostics.schema('Value cannot be empty', fields.at('States'));
  }
  for (const name of members.names) {
    const member = members.object(name);
    const state =
      member && parseState(name, member, machine, (inner) => parseGraph(inner, machine));
    if (state !== undefined) states.set(name, state);
  }
  return { startAt, states };
}
