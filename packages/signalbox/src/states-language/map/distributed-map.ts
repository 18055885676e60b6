import type { Json } from '../../core/json.ts';
import type { DistributedMap, MapState, StateMachine } from '../ast.ts';
import { leaveWith, narrowedInput } from '../data-flow.ts';
import { leave } from '../leave.ts';
import type { MapRun } from '../ports.ts';
import { causeOf, record, recordOn, type Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import { ABORTED, SIBLING_FAILED, type StateOutcome } from '../state-outcome.ts';
import type { TaskFailure, TaskResult } from '../task-result.ts';
import { batchItems } from './batch-items.ts';
import { itemInput, itemsOf, maxConcurrencyOf } from './items.ts';
import { type MapItem, mapContext } from './map-item.ts';
import { readItems } from './reader/read-items.ts';
import { runChildren } from './run-children.ts';
import { type Tolerance, toleranceOf } from './tolerance.ts';
import { writeResults } from './write-results.ts';

/** One visit to a Distributed Map, and what was computed for it so far. */
interface Distribution {
  readonly state: MapState;
  readonly distributed: DistributedMap;
  readonly visit: Visit;
  readonly input: Json;
  readonly concurrency: number;
  readonly tolerance: Tolerance;
}

/** Runs the processor as child executions of a Map Run, each with a history of its own. */
export async function runDistributedMap(
  state: MapState,
  distributed: DistributedMap,
  visit: Visit,
): Promise<StateOutcome> {
  const { run } = visit;
  const input = narrowedInput(state.flow, visit);
  const concurrency = await maxConcurrencyOf(state, visit, input);
  // AWS: with an ItemReader the length is not known when the state starts, and ItemsPath is not looked at.
  const given = distributed.itemReader === undefined ? await itemsOf(state, visit, input) : [];
  const redriven = redriveOf(visit);
  if (redriven === undefined) record(run, { type: 'MapStateStarted', length: given.length });
  const tolerance = await toleranceOf(distributed, visit, input);
  const distribution = { state, distributed, visit, input, concurrency, tolerance };
  const mapRun = redriven?.() ?? startMapRun(distribution, given.length);
  const startedEventId = recordBeginning(run, mapRun);
  const result = await resultOf(distribution, mapRun, given);
  if (result === 'aborted') return aborted(visit, mapRun);
  if (result.kind === 'failed') return failed(visit, mapRun, result);
  mapRun.end('SUCCEEDED');
  const end = run.branch.fork();
  recordOn(run, end, { type: 'MapRunSucceeded' });
  // AWS: the exit links to the start of the Map Run (recordings since November 2024).
  run.branch.moveTo(startedEventId);
  recordOn(run, end, { type: 'MapStateSucceeded' });
  const leaving = await leaveWith(state.flow, visit, result.output);
  return leave(state, visit, leaving, state.transition);
}

/** How to go on with the Map Run of an earlier attempt at the execution, where there is one. */
function redriveOf({ mapRunArn, run: { ports } }: Visit): (() => MapRun | undefined) | undefined {
  if (mapRunArn === undefined || ports.redriveMapRun === undefined) return undefined;
  return () => ports.redriveMapRun?.(mapRunArn);
}

function startMapRun(
  { state, distributed, visit, concurrency, tolerance }: Distribution,
  itemCount: number,
): MapRun {
  return visit.run.ports.startMapRun({
    stateName: state.name,
    label: distributed.label,
    executionType: distributed.executionType,
    itemCount,
    maxConcurrency: concurrency,
    toleratedFailureCount: tolerance.count,
    toleratedFailurePercentage: tolerance.percentage,
    hasResultWriter: distributed.resultWriter?.resource !== undefined,
  });
}

function recordBeginning(run: Visit['run'], { arn: mapRunArn, redriveCount }: MapRun): number {
  if (redriveCount === undefined) return record(run, { type: 'MapRunStarted', mapRunArn });
  return record(run, { type: 'MapRunRedriven', mapRunArn, redriveCount });
}

function aborted(visit: Visit, mapRun: MapRun): StateOutcome {
  mapRun.end('ABORTED');
  if (visit.run.signal.reason === SIBLING_FAILED) {
    record(visit.run, { type: 'MapRunAborted' });
    record(visit.run, { type: 'MapStateAborted' });
  }
  return ABORTED;
}

function failed(visit: Visit, mapRun: MapRun, failure: TaskFailure): StateOutcome {
  const { error, cause } = failure;
  mapRun.end('FAILED');
  record(visit.run, { type: 'MapRunFailed', error, cause });
  return failure;
}

/** The end of the Map Run: a failure of reading, running or writing ends it. */
async function resultOf(
  distribution: Distribution,
  mapRun: MapRun,
  given: readonly MapItem[],
): Promise<TaskResult | 'aborted'> {
  const { visit } = distribution;
  try {
    return await runMapRun(distribution, mapRun, given);
  } catch (error) {
    if (!(error instanceof StateFailure) || error.location !== undefined) throw error;
    return { kind: 'failed', error: error.error, cause: causeOf(error, visit) };
  }
}

async function runMapRun(
  { state, distributed, visit, input, concurrency, tolerance }: Distribution,
  mapRun: MapRun,
  given: readonly MapItem[],
): Promise<TaskResult | 'aborted'> {
  const { run } = visit;
  const { itemReader, itemBatcher, resultWriter } = distributed;
  const items = itemReader === undefined ? given : await readItems(itemReader, visit, input);
  const inputs: Json[] = [];
  for (const [index, item] of items.entries()) {
    const atItem = {
      ...visit,
      run: { ...run, map: mapContext(index, item, { isDistributed: true }) },
    };
    inputs.push(await itemInput(state, atItem, input, item));
  }
  const starts =
    itemBatcher === undefined ? inputs : await batchItems(itemBatcher, visit, input, inputs);
  mapRun.began?.({ items: items.length, executions: starts.length });
  const children = await runChildren({
    machine: machineOf(state, run.machine),
    starts,
    concurrency,
    tolerance,
    mapRun,
    run,
  });
  if (!Array.isArray(children)) return children;
  return writeResults(resultWriter, visit, input, mapRun, children);
}

function machineOf(state: MapState, machine: StateMachine): StateMachine {
  return { ...machine, ...state.processor, timeoutSeconds: undefined, comment: undefined };
}
