import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { AddCommand } from './add-command.ts';
import { addDefinition } from './commands/definition.ts';
import { addDescribe } from './commands/describe.ts';
import { addEvent } from './commands/event.ts';
import { addHistory } from './commands/history.ts';
import { addInvoke } from './commands/invoke.ts';
import { addLogs } from './commands/logs.ts';
import { addLs } from './commands/ls.ts';
import { addMetrics } from './commands/metrics.ts';
import { addSchedule } from './commands/schedule.ts';
import { addSendToken } from './commands/send-token.ts';
import { addStart } from './commands/start.ts';
import { addStop } from './commands/stop.ts';
import { addTail } from './commands/tail.ts';
import { explain } from './explain.ts';
import type { Sink } from './output.ts';
import { createSession, type Session } from './session.ts';

const COMMANDS: readonly AddCommand[] = [
  addStart,
  addEvent,
  addSchedule,
  addLs,
  addDescribe,
  addDefinition,
  addHistory,
  addTail,
  addLogs,
  addMetrics,
  addInvoke,
  addSendToken,
  addStop,
];

/** Where a command line prints. */
export interface Streams {
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** Runs one command line, `process.argv` and all, and answers its exit code. */
export async function main(argv: readonly string[], streams: Streams = process): Promise<number> {
  const program = createProgram(streams);
  let session: Session | undefined;
  for (const add of COMMANDS) {
    add(program, (command) => {
      session = createSession(command.optsWithGlobals(), streams);
      return session;
    });
  }
  try {
    await program.parseAsync([...argv]);
    return session?.exitCode ?? 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { message, exitCode } = explain(error, session?.endpoint);
    streams.stderr.write(`${message}\n`);
    return exitCode;
  }
}

function createProgram({ stdout, stderr }: Streams): Command {
  return new Command('signalbox')
    .description('Event-driven workflows: the rehearsal on this machine, or a deployed stack')
    .option('--json', 'data on stdout as JSON (streams as one JSON value a line)')
    .option(
      '--endpoint-url <url>',
      'an AWS endpoint; the running rehearsal unless --profile or --stack is given',
      urlOption,
    )
    .option('--profile <name>', 'an AWS profile: talk to AWS')
    .option('--region <region>', 'an AWS Region')
    .option('--stack <name>', 'a deployed stack: talk to AWS')
    .showHelpAfterError('(add --help for what it takes)')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .exitOverride();
}

function urlOption(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('Write a URL such as http://127.0.0.1:4700.');
}
