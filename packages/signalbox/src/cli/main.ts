import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { AddCommand } from './add-command.ts';
import { explain } from './explain.ts';
import type { Sink } from './output.ts';
import { createSession, type Session } from './session.ts';

/** The commands by their names; each brings the SDK clients that it needs, so only what is called is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  start: async () => (await import('./commands/start.ts')).addStart,
  event: async () => (await import('./commands/event.ts')).addEvent,
  schedule: async () => (await import('./commands/schedule.ts')).addSchedule,
  env: async () => (await import('./commands/env.ts')).addEnv,
  world: async () => (await import('./commands/world.ts')).addWorld,
  drill: async () => (await import('../../../../rehearsal/drill/command.ts')).addDrill,
  ls: async () => (await import('./commands/ls.ts')).addLs,
  describe: async () => (await import('./commands/describe.ts')).addDescribe,
  definition: async () => (await import('./commands/definition.ts')).addDefinition,
  history: async () => (await import('./commands/history.ts')).addHistory,
  tail: async () => (await import('./commands/tail.ts')).addTail,
  logs: async () => (await import('./commands/logs.ts')).addLogs,
  metrics: async () => (await import('./commands/metrics.ts')).addMetrics,
  alarms: async () => (await import('./commands/alarms.ts')).addAlarms,
  audit: async () => (await import('../../../../rehearsal/audit/command.ts')).addAudit,
  costs: async () => (await import('../../../../rehearsal/costs/command.ts')).addCosts,
  invoke: async () => (await import('./commands/invoke.ts')).addInvoke,
  'send-token': async () => (await import('./commands/send-token.ts')).addSendToken,
  stop: async () => (await import('./commands/stop.ts')).addStop,
};

/** Where a command line prints. */
export interface Streams {
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** Runs one command line, `process.argv` and all, and answers its exit code. */
export async function main(argv: readonly string[], streams: Streams = process): Promise<number> {
  const program = createProgram(streams);
  let session: Session | undefined;
  for (const load of commandsIn(argv)) {
    const add = await load();
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
    const { message, exitCode } = explain(error, {
      endpoint: session?.endpoint,
      verbose: session?.verbose === true,
    });
    streams.stderr.write(`${message}\n`);
    return exitCode;
  }
}

/** The commands that a command line names, or all of them: for help, and to suggest what was meant. */
function commandsIn(argv: readonly string[]): readonly (() => Promise<AddCommand>)[] {
  const named = Object.entries(COMMANDS).filter(([name]) => argv.includes(name));
  const asksForHelp = argv.includes('help');
  return named.length === 0 || asksForHelp
    ? Object.values(COMMANDS)
    : named.map(([, load]) => load);
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
    .option('--verbose', 'print everything: each problem of a project, each detail')
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
