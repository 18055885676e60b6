import type { Sample } from '../../core/sample.ts';
import type { StackPlace } from '../../core/stack-place.ts';
import type { ConsolePage } from './console-page.ts';
import type { ExecutionChanges } from './execution-changes.ts';
import type { StepWork, StepWorkQuery } from './step-work.ts';

/** Calls an action of AWS's; rejects with an error whose `name` is AWS's where it is refused. */
export type ConsoleCall = (service: string, action: string, input: object) => Promise<object>;

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
  /** The pages of the plug-ins, loaded when somebody looks. */
  readonly pages: () => Promise<readonly ConsolePage[]>;
  /** The project's examples of what functions and buses are given. */
  readonly samples: () => readonly Sample[];
  /** Where the pages of plug-ins find the stack. */
  readonly stack: StackPlace;
  /** The secret that a link must carry before anything is served; anybody on the machine may look where there is none. */
  readonly key?: string | undefined;
  /** The time, which skips in a rehearsal. */
  readonly now: () => Date;
  readonly onBug: (bug: unknown) => void;
}
