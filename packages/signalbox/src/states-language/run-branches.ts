import type { Json, JsonObject } from '../core/json.ts';
import type { StateGraph } from './ast.ts';
import type { Run } from './run.ts';
import type { BranchPoint } from './starting-point.ts';
import { FINISHED, type GraphOutcome, SIBLING_FAILED } from './state-outcome.ts';
import type { TaskFailure, TaskResult } from './task-result.ts';

/** One of several runs side by side. */
export interface BranchStart {
  readonly graph: StateGraph;
  readonly input: Json;
  readonly map: JsonObject | undefined;
  /** The point from which a redrive goes on in it. */
  readonly resumed?: BranchPoint | undefined;
}

/** Runs branches side by side; their outputs in order, or the first failure, after which the others are aborted. */
export async function runBranches(
  run: Run,
  branches: readonly BranchStart[],
): Promise<TaskResult | { readonly kind: 'aborted' }> {
  const group = createGroup(run);
  try {
    const outputs: Json[] = [];
    await Promise.all(
      branches.map(async (start, index) => {
        if (start.resumed?.kind === 'ended') {
          outputs[index] = start.resumed.output;
          return;
        }
        const branch = group.open(start.map);
        const outcome = await runBranch(start, branch);
        if (outcome.kind === 'succeeded') {
          outputs[index] = outcome.output;
          run.branch.moveTo(branch.branch.lastEventId);
        }
        if (outcome.kind === 'failed') group.fail(outcome, branch);
      }),
    );
    return group.ending() ?? { kind: 'succeeded', output: outputs };
  } finally {
    group.close();
  }
}

/** Runs a branch from its first state on, or from where a redrive goes on in it. */
export function runBranch(
  { graph, input, resumed }: BranchStart,
  branch: Run,
): Promise<GraphOutcome> {
  if (resumed?.kind !== 'begun') return branch.runGraph(graph, input, branch);
  const { state, input: entered, variables, entered: entrance } = resumed.start;
  branch.variables.assign(variables);
  return branch.runGraph({ startAt: state, states: graph.states }, entered, branch, entrance);
}

/** Runs that end together when one of them fails. */
export interface RunGroup {
  readonly signal: AbortSignal;
  /** A run of the group's, with its own cursor and variables. */
  open(map: JsonObject | undefined): Run;
  /** Ends the group: the first failure counts, and the outer run goes on after its last event. */
  fail(failure: TaskFailure, failed: Run): void;
  /** The failure or abortion that ended the group, if any. */
  ending(): TaskFailure | { readonly kind: 'aborted' } | undefined;
  close(): void;
}

/** Opens a group inside a run. */
export function createGroup(outer: Run): RunGroup {
  const controller = new AbortController();
  const start = outer.branch.fork();
  const abort = (): void => controller.abort(outer.signal.reason);
  outer.signal.addEventListener('abort', abort);
  let failure: TaskFailure | undefined;
  let failedAt = 0;
  return {
    signal: controller.signal,
    open: (map) => ({
      ...outer,
      branch: start.fork(),
      variables: outer.variables.inner(),
      signal: controller.signal,
      isBranch: true,
      map,
    }),
    fail(first, failed) {
      if (failure !== undefined) return;
      failure = first;
      failedAt = failed.branch.lastEventId;
      controller.abort(SIBLING_FAILED);
    },
    ending() {
      if (outer.signal.aborted) return { kind: 'aborted' };
      if (failure !== undefined) outer.branch.moveTo(failedAt);
      return failure;
    },
    close() {
      outer.signal.removeEventListener('abort', abort);
      if (!controller.signal.aborted) controller.abort(FINISHED);
    },
  };
}
