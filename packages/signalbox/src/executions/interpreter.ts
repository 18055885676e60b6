import type { Json } from '../core/json.ts';
import type { Branch } from '../history/history-event.ts';
import type { ExecutionHeader } from '../history/store.ts';
import type { StateMachine } from '../states-language/ast.ts';
import type { Parsed } from '../states-language/parse/parse-state-machine.ts';
import type { Ports } from '../states-language/ports.ts';
import type { ResourceUse } from '../states-language/resources.ts';
import type { StartingPoint } from '../states-language/starting-point.ts';
import type { TaskResult } from '../states-language/task-result.ts';

/** The functions of the language that executions need. */
export interface Interpreter {
  /** The machine, where no diagnostic is an error, and all that is to say about the definition. */
  diagnose(definition: Json): Parsed;
  resourcesOf(machine: StateMachine): readonly ResourceUse[];
  /** The variables that each state reads, by the state's name. */
  variableReferencesOf(machine: StateMachine): Readonly<Record<string, string[]>>;
  run(machine: StateMachine, input: Json, ports: Ports, signal: AbortSignal): Promise<TaskResult>;
  /** As `run`, from another state on: of an execution that is redriven. */
  runFrom(
    machine: StateMachine,
    start: StartingPoint,
    ports: Ports,
    signal: AbortSignal,
  ): Promise<TaskResult>;
}

/** The number of times that an execution was redriven, and the last date. */
export interface Redrive {
  readonly count: number;
  readonly date: Date;
}

/** Makes the ports that one execution runs on. */
export type PortsFactory = (
  header: ExecutionHeader,
  input: Json,
  history: Branch,
  redrive?: Redrive,
) => Ports;
