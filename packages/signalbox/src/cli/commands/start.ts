import { type Command, InvalidArgumentError, Option } from 'commander';
import { type PassthroughTarget, parsePassthrough } from '../../passthrough/passthrough-target.ts';
import type { AddCommand } from '../add-command.ts';
import type { StartOptions } from '../rehearse.ts';
import { DEFAULT_PORT } from '../session.ts';
import { hostOption } from './host-option.ts';

/** `start`: boots the rehearsal, plays the scenarios, and serves. */
export const addStart: AddCommand = (program, sessionOf) => {
  program
    .command('start [templates...]')
    .description(
      'boot the rehearsal of the project here, or of templates (one a stack) or a definition (flow.asl.json); play the scenarios of scenarios/, then serve AWS on loopback until Ctrl-C',
    )
    .option('--once', 'exit after the scenarios: 0 when every one ended as it should, else 1')
    .option('--no-scenarios', 'only boot')
    .option('--port <port>', 'port on 127.0.0.1; 0 for a free one', portOption, DEFAULT_PORT)
    .option(
      '--host <address>',
      'address to listen on; whoever can reach it can run this project as you, since no signature is checked',
      '127.0.0.1',
    )
    .option(
      '--allow-host <name>',
      'take requests to this host name too, such as host.docker.internal (repeatable)',
      (name: string, others: readonly string[]) => [...others, hostOption(name)],
      [],
    )
    .option('--store <directory>', 'keep what callers were told is accepted there across restarts')
    .option(
      '--postgres <url>',
      'your own PostgreSQL for the RDS Data API, such as postgres://me@127.0.0.1/web; an embedded one unless given',
      postgresOption,
    )
    .option(
      '--mocks <file>',
      "results of tasks, as Step Functions Local's MockConfigFile.json: for executions started by ARN#TestCase, and by the test case Default for all others",
    )
    .addOption(new Option('--mock-config <file>', 'the same as --mocks').hideHelp())
    .option(
      '--passthrough <list>',
      'let calls of these go to AWS itself, with your own profile: lambda:FUNCTION and dynamodb:TABLE, by name or ARN',
      passthroughOption,
    )
    .addOption(
      new Option('--time <mode>', 'skip the waits that nobody answers, or wait as AWS does')
        .choices(['skip', 'real'])
        .default('skip'),
    )
    .action(async (templates: readonly string[], options: StartOptions, command: Command) => {
      if (templates.length > 0) command.parent?.setOptionValue('template', templates);
      const session = sessionOf(command);
      // Everything that the rehearsal is made of loads here, so that other commands stay quick.
      const { rehearse } = await import('../rehearse.ts');
      session.exitCode = await rehearse(options, session);
    });
};

function portOption(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('Write a port from 0 to 65535.');
  }
  return port;
}

function postgresOption(text: string): string {
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('Write postgres://USER@HOST:PORT/DATABASE.');
}

function passthroughOption(text: string): readonly PassthroughTarget[] {
  const parsed = parsePassthrough(text);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(parsed.problems.map(({ message }) => message).join('; '));
}
