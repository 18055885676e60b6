import type { ParallelState } from '../ast.ts';
import type { Fields } from './fields.ts';
import { parseCatch, parseRetry } from './parse-errors.ts';
import { parseTransition } from './parse-transition.ts';
import type { GraphParser, StateBaseOf } from './state-base.ts';

/** Reads what is a Parallel state's own. */
export function parseParallel(
  fields: Fields,
  base: StateBaseOf<ParallelState>,
  parseGraph: GraphParser,
): ParallelState {
  fields.require('Branches');
  if (fields.has('Branches') && fields.items('Branches').length === 0) {
    fields.diagnostics.schema('Value cannot be empty', fields.at('Branches'));
  }
  const branches = fields.objects('Branches').map((branch) => {
    const graph = parseGraph(branch);
    branch.text('Comment');
    branch.refuseOthers();
    return graph;
  });
  return {
    ...base,
    type: 'Parallel',
    branches,
    retriers: parseRetry(fields),
    catchers: parseCatch(fields),
    transition: parseTransition(fields),
  };
}
