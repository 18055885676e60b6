import { type Json, ownPayload } from '../../core/json.ts';
import { unlessFull } from '../../core/unless-full.ts';
import type { ExecutionHeader, StoredExecution } from '../../history/store.ts';
import type { StateMachine } from '../../states-language/ast.ts';
import type { EndedChild, MapRun, MapRunChild } from '../../states-language/ports.ts';
import { StateFailure } from '../../states-language/state-failure.ts';
import type { TaskResult } from '../../states-language/task-result.ts';
import type { OpenHistory } from '../history-writer.ts';
import { findMapRunIn } from '../redrive/find-map-run.ts';
import { whyNotRedrivable } from '../redrive/redrivability.ts';
import { redrivePoint } from '../redrive/redrive-point.ts';
import { childrenOf } from './children-of.ts';
import { type MapRunOptions, openChild, runningMapRun } from './map-run.ts';
import { addToTally, emptyTally, itemCountOf, type MapRunRecord } from './map-runs.ts';

/** AWS: Step Functions quotas, "Maximum number of redrives" of a Map Run. */
const MAX_REDRIVES = 1_000;

/**
 * Goes on with a Map Run: Standard children that were not successful go on where they stopped, Express ones are
 * started again, and what was never started is started now. Children that cannot be redriven stay as they are.
 * @throws {StateFailure} `States.Runtime` after 1,000 redrives.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
 */
export function redriveMapRun(
  options: MapRunOptions,
  parent: ExecutionHeader,
  record: MapRunRecord,
): MapRun {
  const count = (record.redriven?.count ?? 0) + 1;
  if (count > MAX_REDRIVES) {
    throw new StateFailure('States.Runtime', `The Map Run was redriven ${MAX_REDRIVES} times`);
  }
  const children = childrenOf(options.store, record);
  const [pending, notRedrivable] = [emptyTally(), emptyTally()];
  for (const child of children.values()) {
    const kind = fateOf(options, child);
    if (kind === 'again') addToTally(pending, itemsOf(child));
    if (kind === 'lost') addToTally(notRedrivable, itemsOf(child));
  }
  record.redriven = { count, date: options.clock.now(), pending, notRedrivable };
  record.status = 'RUNNING';
  record.stopDate = undefined;
  unlessFull(() => options.mapRuns.keep(record));
  const open = new Set<OpenHistory>();
  const running = runningMapRun(options, parent, record, open);
  return {
    ...running,
    redriveCount: count,
    ended(index) {
      const child = children.get(index);
      return child === undefined || fateOf(options, child) === 'again' ? undefined : endedOf(child);
    },
    child(input, index, machine) {
      const child = children.get(index);
      if (child === undefined) return running.child(input, index, machine);
      addToTally(pending, itemsOf(child), -1);
      addToTally(record.tallies[child.summary.status], itemsOf(child), -1);
      return child.header.type === 'EXPRESS'
        ? running.child(input, index, machine)
        : redriveChild(options, record, child, open, machine);
    },
  };
}

/** AWS: an Express child can always be started again, a Standard one has its limits. */
function fateOf({ clock }: MapRunOptions, child: StoredExecution): 'succeeded' | 'again' | 'lost' {
  if (child.summary.status === 'SUCCEEDED') return 'succeeded';
  if (child.header.type === 'EXPRESS') return 'again';
  return whyNotRedrivable(child, clock.now()) === undefined ? 'again' : 'lost';
}

function itemsOf({ header }: StoredExecution): number {
  return itemCountOf(ownPayload(header.input));
}

function endedOf({ header, summary }: StoredExecution): EndedChild {
  const { name, executionArn, stateMachineArn, input, startDate: startedAt } = header;
  const { output = null, error, cause, stoppedAt = startedAt, redriveCount } = summary;
  const result: TaskResult =
    summary.status === 'SUCCEEDED'
      ? { kind: 'succeeded', output }
      : { kind: 'failed', error, cause };
  return {
    ...{ name, executionArn, stateMachineArn, input: ownPayload(input), result },
    ...{ redriveCount, startedAt, stoppedAt },
  };
}

function redriveChild(
  options: MapRunOptions,
  record: MapRunRecord,
  child: StoredExecution,
  open: Set<OpenHistory>,
  machine: StateMachine,
): MapRunChild {
  const { store, writer, ports, mapRuns, clock } = options;
  const { header, summary, eventCount } = child;
  const { name, executionArn, stateMachineArn } = header;
  const input: Json = ownPayload(header.input);
  const events = store.events(executionArn, 1, eventCount);
  const from = redrivePoint(machine, input, events, findMapRunIn(mapRuns, executionArn));
  const count = summary.redriveCount + 1;
  const history = openChild(options, record, input, open, (onEnd) => writer.reopen(child, onEnd));
  history.trunk.record({ type: 'ExecutionRedriven', redriveCount: count });
  return {
    ...{ name, executionArn, stateMachineArn, redriven: { from, count } },
    ports: ports(header, input, history.trunk, { count, date: clock.now() }),
  };
}
