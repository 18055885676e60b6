import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientOptions } from '../core/client-options.ts';
import type { StackPlace } from '../core/stack-place.ts';
import { generatedDirectory } from '../project/generated-directory.ts';
import { type Project, readProject } from '../project/read-project.ts';
import type { RehearsalPlugin } from '../rehearsal-plugin.ts';
import { createOutput, type Output, type Sink } from './print/output.ts';

/** The context of every command: its endpoint, its output, its exit code. */
export interface Session extends StackPlace {
  readonly output: Output;
  /** Print everything: each problem of a project, each detail of a scenario. */
  readonly verbose: boolean;
  /** The project around the working directory, or of the template that is named. */
  readonly project: Project;
  /** Loads the plug-ins of the project. */
  plugins(): Promise<readonly RehearsalPlugin[]>;
  exitCode: number;
}

/** The options before every command. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly endpointUrl?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly stack?: string;
  readonly verbose?: boolean;
  readonly template?: readonly string[];
  readonly configEnv?: string;
  readonly parameterOverrides?: string;
}

/** The file in which a running rehearsal of a project leaves its URL, and below that its Region. */
export function endpointFile(root: string): string {
  return join(generatedDirectory(root), 'endpoint');
}

/** The rehearsal's port where none is given. */
export const DEFAULT_PORT = 4700;

/** The streams and the plug-ins that a session is given beside its options. */
export interface SessionSupplies {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly plugins: () => Promise<readonly RehearsalPlugin[]>;
  /** The Region that the endpoint names as its own, where the command line names none. */
  readonly home?: string | undefined;
}

/** Makes a session of the global options: the rehearsal, unless they name AWS. */
export function createSession(
  options: GlobalOptions,
  { stdout, stderr, plugins, home: asked }: SessionSupplies,
): Session {
  const onAws = options.profile !== undefined || options.stack !== undefined;
  const project = readProject(process.cwd(), options);
  const endpoint = options.endpointUrl ?? (onAws ? undefined : rehearsalUrl(project.root));
  const home = endpoint === endpointIn(project.root) ? regionIn(project.root) : undefined;
  const region =
    project.regions[0] ?? home ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const client: ClientOptions =
    endpoint === undefined
      ? {
          maxAttempts: 3,
          ...(region === undefined ? {} : { region }),
          ...(options.profile === undefined ? {} : { profile: options.profile }),
        }
      : {
          maxAttempts: 1,
          endpoint,
          region: region ?? asked ?? 'us-east-1',
          credentials: { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' },
        };
  const output = createOutput(options.json === true, stdout, stderr);
  const verbose = options.verbose === true;
  const { stack } = options;
  return { output, endpoint, client, stack, verbose, project, plugins, exitCode: 0 };
}

function rehearsalUrl(root: string): string {
  const named = process.env['AWS_ENDPOINT_URL'];
  if (named !== undefined && named !== '') return named;
  return endpointIn(root) ?? `http://127.0.0.1:${DEFAULT_PORT}`;
}

/** The URL that a running rehearsal of a project left; undefined where none did. */
export function endpointIn(root: string): string | undefined {
  return leftIn(root)[0];
}

/** The Region of the app of a running rehearsal. */
function regionIn(root: string): string | undefined {
  return leftIn(root)[1];
}

function leftIn(root: string): readonly string[] {
  const file = endpointFile(root);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
