import type { AccountRegion } from '../../core/account-region.ts';
import type { Clock } from '../../core/clock.ts';
import { jsonText } from '../../core/exact-json/exact-number.ts';
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
  const { clock, uuid, writer, ports, store } = options;
  const id = uuid();
  const machineName = `${parent.stateMachineName}/${request.label ?? uuid()}`;
  const mapRunArn = statesArn(options, 'mapRun', machineName, id);
  const open = new Set<OpenHistory>();
  const record: MapRunRecord = {
    arn: mapRunArn,
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
  return {
    arn: mapRunArn,
    child(input) {
      const name = uuid();
      const executionArn =
        request.executionType === 'EXPRESS'
          ? statesArn(options, 'express', machineName, id, name)
          : statesArn(options, 'execution', machineName, name);
      const stateMachineArn = statesArn(options, 'stateMachine', machineName);
      const header: ExecutionHeader = {
        ...parent,
        // Of an execution that was redriven it is read when asked for, and in no copy.
        definition: parent.definition,
        executionArn,
        name,
        stateMachineArn,
        stateMachineName: machineName,
        type: request.executionType,
        input: jsonText(input),
        startDate: clock.now().toISOString(),
        mapRunArn,
      };
      const itemCount = itemCountOf(input);
      const history = writer.open(header, () => {
        open.delete(history);
        const status = store.find(executionArn)?.summary.status ?? 'ABORTED';
        addToTally(record.tallies.RUNNING, itemCount, -1);
        addToTally(record.tallies[status], itemCount);
      });
      open.add(history);
      addToTally(record.tallies.RUNNING, itemCount);
      return { name, executionArn, stateMachineArn, ports: ports(header, input, history.trunk) };
    },
    began(totals) {
      record.totals = totals;
      unlessFull(() => options.mapRuns.keep(record));
    },
    changed: () => record.changed,
    end(status) {
      for (const history of [...open]) {
        history.trunk.record({ type: 'ExecutionAborted', error: undefined, cause: undefined });
      }
      record.status = status;
      record.stopDate = clock.now();
      unlessFull(() => options.mapRuns.keep(record));
    },
  };
}
