import type { ParallelState } from '../ast.ts';
import { effectiveInput, leaveWith } from '../data-flow.ts';
import { leave } from '../leave.ts';
import { record, recordOn, type Visit } from '../run.ts';
import { runBranches } from '../run-branches.ts';
import { ABORTED, SIBLING_FAILED, type StateOutcome } from '../state-outcome.ts';

/** Runs its branches side by side on the same input; the first failure ends them all. */
export async function runParallel(state: ParallelState, visit: Visit): Promise<StateOutcome> {
  const { run } = visit;
  const input = await effectiveInput(state.flow, visit);
  if (visit.branches === undefined) record(run, { type: 'ParallelStateStarted' });
  const branches = await runBranches(
    run,
    state.branches.map((graph, index) => ({
      graph,
      input,
      map: run.map,
      resumed: visit.branches?.[index],
    })),
  );
  if (branches.kind === 'aborted') {
    if (run.signal.reason === SIBLING_FAILED) record(run, { type: 'ParallelStateAborted' });
    return ABORTED;
  }
  if (branches.kind === 'failed') return branches;
  recordOn(run, run.branch.fork(), { type: 'ParallelStateSucceeded' });
  const leaving = await leaveWith(state.flow, visit, branches.output);
  return leave(state, visit, leaving, state.transition);
}
