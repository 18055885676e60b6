import type { ConsoleOptions } from './console-options.ts';
import { CONSOLE_PREFIX } from './console-prefix.ts';

/** The options that lead a command of a terminal to the place that the console shows. */
export interface TerminalOptions {
  readonly aws: readonly string[];
  readonly signalbox: readonly string[];
}

/**
 * Names the place for whoever copies a line: without it, a line of a rehearsal would act on an account,
 * and one of an account on the profile that the terminal happens to have.
 *
 * @returns The options for `aws` and for `npx signalbox`.
 */
export function terminalOptions({
  kind,
  prefix,
  region,
  stack,
}: Pick<ConsoleOptions, 'kind' | 'prefix' | 'region' | 'stack'>): TerminalOptions {
  const { endpoint, client, stack: name } = stack;
  const place = [
    ...(endpoint === undefined ? [] : ['--endpoint-url', endpoint]),
    ...(client.profile === undefined ? [] : ['--profile', client.profile]),
    ...['--region', region],
  ];
  // The commands find the running rehearsal by themselves, in the Region of its template.
  const isFound = kind === 'rehearsal' && prefix === CONSOLE_PREFIX;
  const stackOption = name === undefined ? [] : ['--stack', name];
  return { aws: place, signalbox: isFound ? [] : [...place, ...stackOption] };
}
