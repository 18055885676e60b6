import type { FailState, State, Transition } from './ast.ts';
import { checkAssigned, checkSize, type Leaving } from './data-flow.ts';
import { record, type Visit } from './run.ts';
import { leaveTo, type StateOutcome } from './state-outcome.ts';

/** Takes over what the state assigned, records its exit, and leads on. */
export function leave(
  state: Exclude<State, FailState>,
  visit: Visit,
  { output, assigned }: Leaving,
  transition: Transition,
): StateOutcome {
  checkSize(output, visit);
  checkAssigned(assigned, visit);
  if (assigned !== undefined) visit.run.variables.assign(assigned);
  record(visit.run, {
    type: `${state.type}StateExited`,
    name: state.name,
    output,
    ...(assigned === undefined || Object.keys(assigned).length === 0
      ? {}
      : { assignedVariables: assigned }),
  });
  return leaveTo(transition, output);
}
