import { Command, CommanderError, InvalidArgumentError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { ownMember } from '../core/names/own-member.ts';
import { invalid, UserError } from '../core/user-error.ts';
import type { Plugin } from '../plugin.ts';
import { loadPlugins } from '../project/load-plugins.ts';
import { readProjectConfig } from '../project/project-config.ts';
import { type ProjectOptions, readProject } from '../project/read-project.ts';
import type { AddCommand } from './add-command.ts';
import { explain } from './explain.ts';
import { homeRegion } from './home-region.ts';
import type { Sink } from './print/output.ts';
import { createSession, type Session } from './session.ts';

export { mapStackTraces } from '../source-maps/map-stack-traces.ts';

/** The commands by their names; each brings the SDK clients that it needs, so only what is called is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  start: async () => (await import('./commands/start.ts')).addStart,
  test: async () => (await import('./commands/test.ts')).addTest,
  event: async () => (await import('./commands/event.ts')).addEvent,
  schedule: async () => (await import('./commands/schedule.ts')).addSchedule,
  env: async () => (await import('./commands/env.ts')).addEnv,
  resources: async () => (await import('./commands/resources.ts')).addResources,
  clock: async () => (await import('./commands/clock.ts')).addClock,
  console: async () => (await import('./commands/console.ts')).addConsole,
  ls: async () => (await import('./commands/ls.ts')).addLs,
  describe: async () => (await import('./commands/describe.ts')).addDescribe,
  definition: async () => (await import('./commands/definition.ts')).addDefinition,
  graph: async () => (await import('./commands/graph.ts')).addGraph,
  history: async () => (await import('./commands/history.ts')).addHistory,
  export: async () => (await import('./commands/export.ts')).addExport,
  tail: async () => (await import('./commands/tail.ts')).addTail,
  logs: async () => (await import('./commands/logs.ts')).addLogs,
  metrics: async () => (await import('./commands/metrics.ts')).addMetrics,
  alarms: async () => (await import('./commands/alarms.ts')).addAlarms,
  invoke: async () => (await import('./commands/invoke.ts')).addInvoke,
  'send-token': async () => (await import('./commands/send-token.ts')).addSendToken,
  run: async () => (await import('./commands/run.ts')).addRun,
  diff: async () => (await import('./commands/diff.ts')).addDiff,
  fork: async () => (await import('./commands/fork.ts')).addFork,
  open: async () => (await import('./commands/open.ts')).addOpen,
  redrive: async () => (await import('./commands/redrive.ts')).addRedrive,
  stop: async () => (await import('./commands/stop.ts')).addStop,
  mcp: async () => (await import('./commands/mcp.ts')).addMcp,
  completion: async () => (await import('./commands/completion.ts')).addCompletion,
  schema: async () => (await import('./commands/schema.ts')).addSchema,
  names: async () => (await import('./commands/names.ts')).addNames,
};

/** The streams that a command line prints to. */
export interface Streams {
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** Loads the plug-ins of the project around the working directory. @throws {UserError} When one can't be loaded. */
export type LoadPlugins = () => Promise<readonly Plugin[]>;

/**
 * Runs one command line, `process.argv` and all, and returns its exit code.
 * Plug-ins load only where a command needs them, or may be one of theirs.
 */
export async function main(
  argv: readonly string[],
  streams: Streams = process,
  loadPlugins?: LoadPlugins,
): Promise<number> {
  const program = createProgram(streams);
  let session: Session | undefined;
  const plugins = once(loadPlugins ?? (() => loadProjectPlugins(program.opts())));
  try {
    const name = nameIn(argv, program);
    // Help and version ask nobody.
    const isAsking = name !== undefined && !REHEARSING.has(name);
    const home = isAsking ? await homeRegion(program.opts(), process.env) : undefined;
    for (const load of await commandsOf(name, plugins)) {
      const add = await load();
      add(program, (command) => {
        session = createSession(command.optsWithGlobals(), { ...streams, plugins, home });
        checkRegions(session.project.regions, name ?? command.name());
        return session;
      });
    }
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

/** Those that boot a rehearsal of their own, in as many Regions as are named. */
const REHEARSING: ReadonlySet<string> = new Set(['start', 'test']);

/** @throws {UserError} `usage` for several Regions of a command that looks at one. */
function checkRegions(regions: readonly string[], command: string): void {
  if (regions.length < 2 || REHEARSING.has(command)) return;
  throw new UserError('usage', `"${command}" looks at one Region: write one with --region`);
}

/** The command that a command line names; undefined where it names none. */
function nameIn(argv: readonly string[], program: Command): string | undefined {
  return program.parseOptions(argv.slice(2)).operands[0];
}

/** The command of a name, or all of them: for help, completion and suggestions. */
async function commandsOf(
  name: string | undefined,
  plugins: LoadPlugins,
): Promise<readonly (() => Promise<AddCommand>)[]> {
  const own = name === undefined ? undefined : ownMember(COMMANDS, name);
  if (own !== undefined && name !== 'completion') return [own];
  const all = withCommandsOf(await plugins());
  const found = name === undefined ? undefined : ownMember(all, name);
  return found === undefined || name === 'completion' ? Object.values(all) : [found];
}

function withCommandsOf(plugins: readonly Plugin[]): typeof COMMANDS {
  const all = { ...COMMANDS };
  for (const { name: plugin, commands = {} } of plugins) {
    for (const [name, load] of Object.entries(commands)) {
      const isTaken = Object.hasOwn(all, name);
      if (isTaken) throw new UserError('invalid', `Plug-in ${plugin}: there is a command ${name}`);
      all[name] = load;
    }
  }
  return all;
}

async function loadProjectPlugins(options: ProjectOptions): Promise<readonly Plugin[]> {
  const { root } = readProject(process.cwd(), options);
  const config = readProjectConfig(root);
  if (!config.ok) throw invalid(config.problems);
  return loadPlugins(root, config.value.plugins);
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

function createProgram({ stdout, stderr }: Streams): Command {
  return new Command('signalbox')
    .description('Event-driven workflows: the rehearsal on this machine, or a deployed stack')
    .version(manifest.version, '--version', 'print the version')
    .option('--json', 'data on stdout as JSON (streams as one JSON value a line)')
    .option(
      '--endpoint-url <url>',
      'an AWS endpoint; the running rehearsal unless --profile or --stack is given',
      urlOption,
    )
    .option('--profile <name>', 'an AWS profile: talk to AWS')
    .option(
      '--region <regions>',
      'an AWS Region; for start and test also several, such as us-east-1,us-west-2: a stack in each',
    )
    .option('--stack <name>', 'a deployed stack: talk to AWS')
    .option('--verbose', 'print everything: each problem of a project, each detail')
    .option(
      '-t, --template <file>',
      'the template; found here or in a folder above unless given (repeatable: one a stack)',
      // The command line is read twice, for the plug-ins first.
      (file: string, others: readonly string[] = []) => [...new Set([...others, file])],
    )
    .option('--config-env <name>', 'an environment of samconfig.toml; local, else default')
    .option('--parameter-overrides <list>', 'parameters of the template, such as "A=b C=d"')
    .option('--strict', 'refuse what the rehearsal does not know or do of a template')
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
