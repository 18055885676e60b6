import type { Problem } from '../../core/result.ts';
import type { FunctionResource } from '../../template/app.ts';
import type { FunctionCode } from '../code/function-code.ts';

/** The program that runs a function, and the variables that tell it where its packages are. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Over Lambda's own variables; undefined takes one away. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What was found for a function: how to run it, what has to be installed, or what is wrong with its code. */
export type CommandFinding =
  | { readonly kind: 'command'; readonly command: Command; readonly remark?: string }
  /** `what` is the same text for all functions that lack the same, such as `Python 3 is not installed: …`. */
  | { readonly kind: 'missing'; readonly what: string }
  | { readonly kind: 'wrong'; readonly problem: Problem };

/** A function, its code, and the project it is of. */
export interface CommandRequest {
  readonly resource: FunctionResource;
  readonly code: FunctionCode;
  /** The project's root: an absolute path. */
  readonly root: string;
}

/** Says what is wrong with a function, at its place in the template. */
export function wrong({ place }: FunctionResource, message: string): CommandFinding {
  return { kind: 'wrong', problem: { message, ...place } };
}

/** Says that a function is not built; as of others that are not either, that is one mistake. */
export function notBuilt({ place }: FunctionResource, message: string): CommandFinding {
  return { kind: 'wrong', problem: { message, mistake: 'not built', ...place } };
}
