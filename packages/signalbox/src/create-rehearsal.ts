import { resolve } from 'node:path';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { AwsError } from './core/aws-error.ts';
import type { ClientOptions } from './core/client-options.ts';
import { resourceNamed } from './core/logical-name.ts';
import { invalid, UserError } from './core/user-error.ts';
import type { CallRecord } from './endpoint/registry.ts';
import { loadPlugins } from './project/load-plugins.ts';
import { readProjectConfig } from './project/project-config.ts';
import type { RehearsalPlugin } from './rehearsal-plugin.ts';
import type { Runtime } from './runtime/runtime.ts';
import type { App } from './template/app.ts';

/** The options of a rehearsal: the project, its clock, its address. */
export interface RehearsalOptions {
  /** The folder of the SAM project. */
  readonly root: string;
  /** The template, relative to the root; the usual one unless given. */
  readonly template?: string;
  /** Templates of stacks beside it, relative to the root: they import one another's exports. */
  readonly otherTemplates?: readonly string[];
  /** The environment of samconfig.toml; `local` where there is one, else `default`, unless given. */
  readonly environment?: string;
  /** The Regions in which the template runs, a stack in each, its own first; that of samconfig.toml unless given. */
  readonly regions?: readonly string[];
  /** Parameters of the template, over those of samconfig.toml. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether what the rehearsal does not know or do of the template is refused; as package.json says, else not. */
  readonly strict?: boolean;
  /** Whether waits are skipped or last as long as on AWS; `skip` unless given. */
  readonly time?: 'skip' | 'real';
  /** The instant at which skipped time starts; the real present unless given. */
  readonly startsAt?: Date;
  /** The port on 127.0.0.1; any free one unless given. */
  readonly port?: number;
  /** A directory that keeps what callers were told is accepted, relative to the root; in memory unless given. */
  readonly store?: string;
  /** The URL of your own PostgreSQL, for the RDS Data API; an embedded one unless given. */
  readonly postgres?: string;
  /**
   * Results of tasks in the format of Step Functions Local's `MockConfigFile.json`, relative to the root, for
   * executions that are started by `<state machine ARN>#<test case>`.
   */
  readonly mockConfig?: string;
  /** The plug-ins; those that package.json names unless given. */
  readonly plugins?: readonly RehearsalPlugin[];
  /** Files with items and objects, relative to the root; those of package.json and of the plug-ins unless given. */
  readonly seeds?: readonly string[];
  /** Takes remarks for a person who watches, such as an event that no rule wants. */
  readonly onRemark?: (line: string) => void;
  /** Sees every call of a service after it ended, with its caller. */
  readonly onCall?: (call: CallRecord) => void;
}

/** The stack of one Region. */
export interface RehearsalStack {
  /** Options for any AWS SDK client, so that it talks to the rehearsal in this Region. */
  readonly client: ClientOptions & { readonly region: string; readonly endpoint: string };
  /** The app as the template describes it now: every resource with its physical name. */
  app(): App;
  /**
   * Finds the physical id of a resource, such as a table's name or a state machine's ARN.
   * @throws {UserError} `not-found` when the template has no such resource.
   */
  physicalId(logicalId: string): string;
  /**
   * Puts events, as `PutEvents` does.
   * @returns Their ids, in the order of the entries.
   * @throws {AwsError} When an entry is refused.
   */
  putEvents(entries: readonly PutEventsRequestEntry[]): Promise<readonly string[]>;
}

/** A running rehearsal; what is not of all Regions is of the app's own. */
export interface Rehearsal extends RehearsalStack {
  /** The URL under which it serves AWS's protocols, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Shows, breaks, mends and resets what is simulated around the app. */
  readonly simulatedResources: Runtime['simulatedResources'];
  /**
   * The stack of a Region, where `regions` has several.
   * @throws {UserError} `usage` where none is rehearsed.
   */
  inRegion(region: string): RehearsalStack;
  /** The rehearsal's time, which may have skipped ahead. */
  now(): Date;
  /** Resolves when nothing is under way: every execution has ended, or waits for somebody. */
  settled(): Promise<void>;
  /** Ends the rehearsal and frees its port. */
  close(): Promise<void>;
}

/**
 * Runs the workflows of a SAM project in this process, with AWS's protocols on loopback.
 *
 * @param options The project's folder, and what differs from the defaults.
 * @returns The running rehearsal; close it, or the process goes on.
 * @throws {UserError} With all that is wrong with the project's files, each with file and line.
 * @example
 * const rehearsal = await createRehearsal({ root: 'hello-sam' });
 * await rehearsal.putEvents([{ Source: 'hello.door', DetailType: 'VisitorArrived', Detail: '{"name":"Ada"}' }]);
 * await rehearsal.settled();
 * const machines = await new SFNClient(rehearsal.client).send(new ListStateMachinesCommand({}));
 * await rehearsal.close();
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
export async function createRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { port = 0, time = 'skip', onRemark, onCall } = options;
  // What is built runs in another directory than this process.
  const root = resolve(options.root);
  const config = readProjectConfig(root);
  if (!config.ok) throw invalid(config.problems);
  const plugins = options.plugins ?? (await loadPlugins(root, config.value.plugins));
  // Everything that the rehearsal is made of loads here, so that plug-ins load quickly.
  const [{ createRuntime }, { putSeeds }] = await Promise.all([
    import('./runtime/runtime.ts'),
    import('./scenarios/put-seeds.ts'),
  ]);
  const runtime = await createRuntime({
    ...{ root, port, time, plugins, onCall },
    startsAt: options.startsAt,
    templateFile: options.template,
    otherTemplates: options.otherTemplates,
    environment: options.environment,
    regions: options.regions,
    parameterOverrides: options.parameters,
    strict: options.strict,
    storeDirectory: options.store,
    postgres: options.postgres,
    mockConfig: options.mockConfig,
    say: (line) => onRemark?.(line),
  });
  const rehearsal = rehearsalOf(runtime);
  try {
    const files = options.seeds ?? [
      ...config.value.seeds,
      ...plugins.flatMap(({ seeds = [] }) => seeds),
    ];
    await putSeeds(root, rehearsal, files);
    return rehearsal;
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

function rehearsalOf(runtime: Runtime): Rehearsal {
  const { url, app } = runtime;
  return {
    url,
    ...stackOf(url, app),
    inRegion: (region) => stackOf(url, runtime.inRegion(region).app),
    simulatedResources: runtime.simulatedResources,
    now: () => runtime.skippingClock?.now() ?? new Date(),
    settled: runtime.settled,
    close: runtime.close,
  };
}

function stackOf(endpoint: string, app: () => App): RehearsalStack {
  const client = {
    endpoint,
    region: app().region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' },
  };
  return {
    client,
    app,
    physicalId: (logicalId) => physicalIdIn(app(), logicalId),
    putEvents: (entries) => putEvents(client, entries),
  };
}

function physicalIdIn({ resources }: App, logicalId: string): string {
  const found = resourceNamed(resources, logicalId);
  if (found !== undefined) return found.physicalId;
  throw new UserError('not-found', `The template has no resource ${logicalId}`);
}

async function putEvents(
  client: ClientOptions,
  entries: readonly PutEventsRequestEntry[],
): Promise<readonly string[]> {
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const events = new EventBridgeClient(client);
  const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [...entries] }));
  return Entries.map(({ EventId, ErrorCode = 'InternalFailure', ErrorMessage = '' }, index) => {
    if (EventId !== undefined) return EventId;
    throw new AwsError(ErrorCode, `Entry ${index}: ${ErrorMessage}`);
  });
}
