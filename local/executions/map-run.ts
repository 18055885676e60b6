import type { MapRun, MapRunRequest } from '../asl/ports.ts';
import type { Clock } from '../clock.ts';
import type { ExecutionHeader } from '../history/store.ts';
import { type Place, statesArn } from './arns.ts';
import type { HistoryWriter, OpenHistory } from './history-writer.ts';
import type { PortsFactory } from './interpreter.ts';

/** What a Map Run's children are opened with. */
export interface MapRunOptions extends Place {
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly writer: HistoryWriter;
  readonly ports: PortsFactory;
}

/** Opens a Map Run: each child is an execution with a history of its own, which the Map state runs. */
export function openMapRun(
  options: MapRunOptions,
  parent: ExecutionHeader,
  request: MapRunRequest,
): MapRun {
  const { clock, uuid, writer, ports } = options;
  const id = uuid();
  const machineName = `${parent.stateMachineName}/${request.label ?? uuid()}`;
  const mapRunArn = statesArn(options, 'mapRun', machineName, id);
  const open = new Set<OpenHistory>();
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
        executionArn,
        name,
        stateMachineArn,
        stateMachineName: machineName,
        type: request.executionType,
        input: JSON.stringify(input),
        startDate: clock.now().toISOString(),
        mapRunArn,
      };
      const history = writer.open(header, () => void open.delete(history));
      open.add(history);
      return { name, executionArn, stateMachineArn, ports: ports(header, input, history.trunk) };
    },
    end() {
      for (const history of [...open]) {
        history.trunk.record({ type: 'ExecutionAborted', error: undefined, cause: undefined });
      }
    },
  };
}
