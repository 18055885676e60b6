import type { Transition } from '../ast.ts';
import type { Fields } from './fields.ts';

/** Reads `Next` or `End`, of which a state has exactly one. */
export function parseTransition(fields: Fields): Transition {
  const next = fields.text('Next');
  const end = fields.flag('End');
  if (next !== undefined && end === undefined) return { kind: 'next', state: next };
  if (next !== undefined) {
    fields.diagnostics.schema('Only one of these fields is allowed: [Next, End]', fields.place);
  } else if (end !== true) {
    fields.diagnostics.schema('One of these fields is required: [Next, End]', fields.place);
  }
  return { kind: 'end' };
}
