import type { AddCommand } from './cli/add-command.ts';
import type { RehearsalPlugin } from './rehearsal-plugin.ts';

/**
 * The additions of a project to the tool. A module exports it as `plugin`, and the project's `package.json`
 * names the module in `signalbox.plugins`. Importing the module must be cheap, since it happens for
 * commands too: what is expensive belongs into `open`, and behind the loaders of `commands`.
 */
export interface Plugin extends RehearsalPlugin {
  /** Commands of the command line by their names, each loaded when it is called. */
  readonly commands?: Readonly<Record<string, () => Promise<AddCommand>>>;
}
