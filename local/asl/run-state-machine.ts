import type { Json } from '../json.ts';
import type { StateMachine } from './ast.ts';
import type { Ports, TaskAnswer } from './ports.ts';

/**
 * Runs a machine from its first state to its end, and records ExecutionStarted … ExecutionSucceeded,
 * ExecutionFailed or ExecutionTimedOut. When the signal aborts it stops, records nothing more and
 * answers States.TaskFailed's like with no cause: whoever aborted records ExecutionAborted.
 */
export async function runStateMachine(
  machine: StateMachine,
  input: Json,
  ports: Ports,
  signal: AbortSignal,
): Promise<TaskAnswer> {
  throw new Error(`Cannot run ${[machine.startAt, input, ports, signal].length}`);
}
