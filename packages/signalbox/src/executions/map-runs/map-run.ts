import type { AccountRegion } from '../../core/account-region.ts';
import type { Clock } from '../../core/clock.ts';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import { unlessFull } from '../../core/unless-full.ts';
import type { ExecutionHeader, HistoryStore } from '../../history/store.ts';
import type { MapRun, MapRunRequest } from '../../states-language/ports.ts';
import { statesArn } from '../arns.ts';
import type { HistoryWriter, OpenHistory } from '../history-writer.ts';
import type { PortsFactory } from '../interpreter.ts';
import {
  addToTally,
  emptyTallies,
  itemCountOf,
  type MapRunRecord,
  type MapRuns,
} from './map-runs.ts';

/** The stores and services that a Map Run's children are opened with. */
export interface MapRunOptions extends AccountRegion {
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly store: HistoryStore;
  readonly writer: HistoryWriter;
  readonly ports: PortsFactory;
  readonly mapRuns: MapRuns;
}

/** Opens a Map Run: each child is an execution with a history of its own, which the Map state runs. */
export function openMapRun(
  options: MapRunOptions,
  parent: ExecutionHeader,
  request: MapRunRequest,
): MapRun {
  const { clock, uuid } = options;
  const id = uuid();
  const machineName = `${parent.stateMachineName}/${request.label ?? uuid()}`;
  const record: MapRunRecord = {
    arn: statesArn(options, 'mapRun', machineName, id),
    executionArn: parent.executionArn,
    stateMachineArn: statesArn(options, 'stateMachine', machineName),
    startDate: clock.now(),
    tallies: emptyTallies(),
    request,
    stopDate: undefined,
    status: 'RUNNING',
    totals: { items: request.itemCount, executions: request.itemCount },
    changed: undefined,
  };
  options.mapRuns.add(record);
  return runningMapRun(options, parent, record);
}

/** A Map Run that is running, with the histories of its children that are open. */
export function runningMapRun(
  options: MapRunOptions,
  parent: ExecutionHeader,
  record: MapRunRecord,
  open: Set<OpenHistory> = new Set(),
): MapRun {
  const { clock, writer, ports, mapRuns } = options;
  return {
    arn: record.arn,
    child(input, index) {
      const header = childHeader(options, parent, record, input, index);
      const history = openChild(options, record, input, open, (onEnd) =>
        writer.open(header, onEnd),
      );
      const { name, executionArn, stateMachineArn } = header;
      return { name, executionArn, stateMachineArn, ports: ports(header, input, history.trunk) };
    },
    began(totals) {
      record.totals = totals;
      unlessFull(() => mapRuns.keep(record));
    },
    changed: () => record.changed,
    end(status) {
      for (const history of [...open]) {
        history.trunk.record({ type: 'ExecutionAborted', error: undefined, cause: undefined });
      }
      record.status = status;
      record.stopDate = clock.now();
      unlessFull(() => mapRuns.keep(record));
    },
  };
}

function childHeader(
  options: MapRunOptions,
  parent: ExecutionHeader,
  { arn, stateMachineArn, request }: MapRunRecord,
  input: Json,
  mapRunIndex: number,
): ExecutionHeader {
  const name = options.uuid();
  const [, machineName = '', id = ''] = /:mapRun:(.*):(.*)$/.exec(arn) ?? [];
  const executionArn =
    request.executionType === 'EXPRESS'
      ? statesArn(options, 'express', machineName, id, name)
      : statesArn(options, 'execution', machineName, name);
  return {
    ...parent,
    // Of an execution that was redriven it is read when asked for, and in no copy.
    definition: parent.definition,
    executionArn,
    name,
    stateMachineArn,
    stateMachineName: machineName,
    type: request.executionType,
    input: jsonText(input),
    startDate: options.clock.now().toISOString(),
    mapRunArn: arn,
    mapRunIndex,
  };
}

/** Opens the history of a child, and counts it until its end. */
export function openChild(
  { store }: MapRunOptions,
  { tallies }: MapRunRecord,
  input: Json,
  open: Set<OpenHistory>,
  write: (onEnd: () => void) => OpenHistory,
): OpenHistory {
  const itemCount = itemCountOf(input);
  const history = write(() => {
    open.delete(history);
    const status = store.find(history.executionArn)?.summary.status ?? 'ABORTED';
    addToTally(tallies.RUNNING, itemCount, -1);
    addToTally(tallies[status], itemCount);
  });
  open.add(history);
  addToTally(tallies.RUNNING, itemCount);
  return history;
}
