import type { StateMachine } from '../asl/ast.ts';
import type { Parsed } from '../asl/parse/parse-state-machine.ts';
import type { Ports, TaskAnswer } from '../asl/ports.ts';
import type { ResourceUse } from '../asl/resources.ts';
import type { Branch } from '../history/history-event.ts';
import type { ExecutionHeader } from '../history/store.ts';
import type { Json } from '../json.ts';

/** What executions need of the language. */
export interface Interpreter {
  /** The machine, where no diagnostic is an error, and all that is to say about the definition. */
  diagnose(definition: Json): Parsed;
  resourcesOf(machine: StateMachine): readonly ResourceUse[];
  run(machine: StateMachine, input: Json, ports: Ports, signal: AbortSignal): Promise<TaskAnswer>;
}

/** Makes the ports that one execution runs on. */
export type PortsFactory = (header: ExecutionHeader, input: Json, history: Branch) => Ports;
