import type { Json } from '../../core/json.ts';
import type { StateMachine } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import type { EndedChild, MapRun } from '../ports.ts';
import type { Run } from '../run.ts';
import type { TaskFailure } from '../task-result.ts';
import { type Tolerance, toleranceBy } from './tolerance.ts';

/** The children of a Map Run and how they are run. */
export interface ChildRuns {
  readonly machine: StateMachine;
  readonly starts: readonly Json[];
  /** 0 sets no limit. */
  readonly concurrency: number;
  readonly tolerance: Tolerance;
  readonly mapRun: MapRun;
  readonly run: Run;
}

/** AWS runs up to 10,000 child executions side by side; one process does well with fewer. */
const UNLIMITED_CONCURRENCY = 1_000;

/** Runs child executions side by side until all ended, or more failed than is tolerated. */
export async function runChildren(
  runs: ChildRuns,
): Promise<EndedChild[] | TaskFailure | 'aborted'> {
  const { starts, mapRun, run } = runs;
  const controller = new AbortController();
  const abort = (): void => controller.abort(run.signal.reason);
  run.signal.addEventListener('abort', abort);
  const children: EndedChild[] = [];
  let [next, failures] = [0, 0];
  const isExceeded = (): boolean =>
    toleranceNow(runs.tolerance, mapRun).isExceeded(failures, starts.length);
  const hasRoom = (active: number): boolean =>
    next < starts.length && !controller.signal.aborted && active < limitNow(runs);
  const runOne = async (): Promise<void> => {
    const index = next++;
    const child =
      mapRun.ended?.(index) ??
      (await runChild(runs, starts[index] ?? null, index, controller.signal));
    children[index] = child;
    if (child.result.kind === 'failed') failures++;
    if (isExceeded()) controller.abort();
  };
  try {
    await keepBusy(hasRoom, runOne);
  } finally {
    run.signal.removeEventListener('abort', abort);
  }
  if (run.signal.aborted) return 'aborted';
  return isExceeded() ? exceeded() : children;
}

/** Runs pieces of work side by side, as many as there is room for, which may change meanwhile. */
async function keepBusy(
  hasRoom: (active: number) => boolean,
  work: () => Promise<void>,
): Promise<void> {
  let active = 0;
  await new Promise<void>((resolve, reject) => {
    const fill = (): void => {
      while (hasRoom(active)) {
        active += 1;
        work().then(() => {
          active -= 1;
          fill();
        }, reject);
      }
      if (active === 0) resolve();
    };
    fill();
  });
}

function limitNow({ concurrency, mapRun }: ChildRuns): number {
  return (mapRun.changed?.()?.maxConcurrency ?? concurrency) || UNLIMITED_CONCURRENCY;
}

function toleranceNow(tolerance: Tolerance, mapRun: MapRun): Tolerance {
  const changed = mapRun.changed?.();
  if (changed === undefined) return tolerance;
  return toleranceBy(changed.toleratedFailureCount, changed.toleratedFailurePercentage);
}

function exceeded(): TaskFailure {
  return {
    kind: 'failed',
    error: ERROR.exceedToleratedFailureThreshold,
    cause: 'The specified tolerated failure threshold was exceeded',
  };
}

async function runChild(
  { machine, mapRun, run }: ChildRuns,
  input: Json,
  index: number,
  signal: AbortSignal,
): Promise<EndedChild> {
  const { ports, redriven, ...names } = mapRun.child(input, index, machine);
  const startedAt = ports.now().toISOString();
  const result = await (redriven === undefined
    ? run.runMachine(machine, input, ports, signal)
    : run.runMachineFrom(machine, redriven.from, ports, signal));
  const stoppedAt = ports.now().toISOString();
  return { ...names, input, result, redriveCount: redriven?.count ?? 0, startedAt, stoppedAt };
}
