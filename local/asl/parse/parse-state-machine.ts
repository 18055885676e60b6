import type { Json } from '../../json.ts';
import type { Result } from '../../result.ts';
import type { StateMachine } from '../ast.ts';

/** Reads a definition; each problem carries its `path`, such as `States.Charge.Retry[0]`. */
export function parseStateMachine(definition: Json): Result<StateMachine> {
  throw new Error(`Cannot parse ${typeof definition}`);
}
