import { UserError } from '../core/user-error.ts';
import type { Stage } from './stage.ts';

/** Starts a fault written as `fault` or `fault:target`. @throws {UserError} When there is none. */
export function startFault(stage: Stage, aim: string): void {
  turn(stage, 'start', aim);
}

/** Ends a fault. @throws {UserError} When there is none. */
export function endFault(stage: Stage, aim: string): void {
  turn(stage, 'end', aim);
}

function turn({ simulatedResources }: Stage, verb: 'start' | 'end', aim: string): void {
  const [name = '', ...rest] = aim.split(':');
  const target = rest.length === 0 ? undefined : rest.join(':');
  if (simulatedResources[verb](name, target) !== undefined) return;
  const names = simulatedResources.faults().map((fault) => fault.name);
  throw new UserError('not-found', `No fault "${name}": there is ${names.join(', ') || 'none'}`);
}
