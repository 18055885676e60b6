import type { ListExecutionsOutput } from '@aws-sdk/client-sfn';
import type { StackPlace } from '../../core/stack-place.ts';
import type { ConsoleCall, ConsoleOptions } from './console-options.ts';
import { createPolledChanges } from './execution-changes.ts';
import { listedMachines } from './live-executions.ts';

/** The account that a console shows. */
export interface AccountConsoleOptions {
  readonly call: ConsoleCall;
  readonly region: string;
  /** A name for the title, such as a stack or a profile. */
  readonly title: string;
  readonly root: string;
  /** The pages of the project's plug-ins; none unless given. */
  readonly pages?: ConsoleOptions['pages'];
  /** The project's examples of events; none unless given. */
  readonly samples?: ConsoleOptions['samples'];
  /** Where these find the stack. */
  readonly stack: StackPlace;
  readonly onBug: (bug: unknown) => void;
}

/** The newest executions of each machine are asked for again and again. */
const WATCHED = 50;

/** Makes the options of a console that knows AWS's APIs alone: what these do not tell is absent. */
export function accountConsole(
  options: AccountConsoleOptions,
): Omit<ConsoleOptions, 'prefix' | 'key'> {
  const { call, onBug } = options;
  const list = async () => {
    const known = new Map<string, string>();
    for (const stateMachineArn of await listedMachines(call, false)) {
      const input = { stateMachineArn, maxResults: WATCHED };
      const { executions = [] }: Partial<ListExecutionsOutput> = await call(
        'states',
        'ListExecutions',
        input,
      );
      for (const { executionArn = '', status, redriveCount } of executions) {
        known.set(executionArn, `${status} ${redriveCount}`);
      }
    }
    return known;
  };
  return {
    ...options,
    pages: options.pages ?? (async () => []),
    samples: options.samples ?? (() => []),
    kind: 'account',
    changes: createPolledChanges(list, onBug),
    now: () => new Date(),
  };
}
