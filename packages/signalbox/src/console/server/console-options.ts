import type { ExecutionChanges } from './execution-changes.ts';
import type { StepWork, StepWorkQuery } from './step-work.ts';

/** Calls an action of AWS's; rejects with an error whose `name` is AWS's where it is refused. */
export type ConsoleCall = (service: string, action: string, input: object) => Promise<object>;

/** A page that a plug-in adds to the console: a script of its own, under a mount of its own. */
export interface ConsolePage {
  /** The name in the navigation. */
  readonly title: string;
  /** The last part of the page's path, such as `failovers`. */
  readonly path: string;
  /** The URL of a module that exports `mount(element)`; on the same origin, since nothing else may load. */
  readonly script: string;
}

/** The surroundings that a console shows. */
export interface ConsoleOptions {
  /** The path under which it is served, such as `/_signalbox/console`. */
  readonly prefix: string;
  readonly kind: 'rehearsal' | 'account';
  readonly region: string;
  /** A name for the title, such as a stack or a profile. */
  readonly title: string;
  readonly call: ConsoleCall;
  readonly changes: ExecutionChanges;
  /** The directory of the project, in whose generated files the pages are kept. */
  readonly root: string;
  /** What functions did in a step, where that is known exactly; read from their logs otherwise. */
  readonly workOf?: ((query: StepWorkQuery) => StepWork) | undefined;
  readonly pages?: readonly ConsolePage[] | undefined;
  /** The secret that a link must carry before anything is served; anybody on the machine may look where there is none. */
  readonly key?: string | undefined;
  /** The time, which skips in a rehearsal. */
  readonly now: () => Date;
  readonly onBug: (bug: unknown) => void;
}
