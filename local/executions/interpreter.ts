import type { StateMachine } from '../asl/ast.ts';
import type { Ports, TaskAnswer } from '../asl/ports.ts';
import type { ResourceUse } from '../asl/resources.ts';
import type { Json } from '../json.ts';
import type { Result } from '../result.ts';

/** What executions need of the language. */
export interface Interpreter {
  parse(definition: Json): Result<StateMachine>;
  resourcesOf(machine: StateMachine): readonly ResourceUse[];
  run(machine: StateMachine, input: Json, ports: Ports, signal: AbortSignal): Promise<TaskAnswer>;
}
