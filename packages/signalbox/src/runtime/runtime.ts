import { resolve } from 'node:path';
import type { Bus } from '../bus/bus.ts';
import { bugText } from '../core/bugs/bug-text.ts';
import type { Clock } from '../core/clock.ts';
import { foldedLines } from '../core/fold-problems.ts';
import { createRealClock } from '../core/real-clock.ts';
import type { Problem, Result } from '../core/result.ts';
import type { ServiceCall } from '../core/service.ts';
import { createSkippingClock, type SkippingClock } from '../core/skipping-clock.ts';
import { invalid } from '../core/user-error.ts';
import { createPrincipals } from '../endpoint/principals.ts';
import {
  type ActInstead,
  type CallRecord,
  type ChooseInjectedFault,
  createRegistry,
} from '../endpoint/registry.ts';
import { type Mount, startEndpoint } from '../endpoint/server.ts';
import type { Recovered } from '../executions/recovery/recover.ts';
import type { Histories } from '../history/store.ts';
import type { PoolLimits } from '../lambda/pool.ts';
import { type ProjectConfig, readProjectConfig } from '../project/project-config.ts';
import type { RehearsalPlugin } from '../rehearsal-plugin.ts';
import { openStore } from '../store/open-store.ts';
import type { App } from '../template/app.ts';
import { type Closers, createClosers } from './closers.ts';
import type { Followers } from './follow-app.ts';
import { type Mocks, openMocks } from './mock-file.ts';
import type { OpenedFunctions } from './open-functions.ts';
import { openPlugins } from './open-plugins.ts';
import type { OpenedRegion } from './open-region.ts';
import { openRegions } from './open-regions.ts';
import { outputShapes } from './output-shapes.ts';
import { ACCOUNT_ID } from './read-app.ts';
import { continueAtLast, timeOf } from './regions-time.ts';
import { type RehearsedRegion, rehearsedIn } from './rehearsed-region.ts';
import { sdkModels } from './sdk-models.ts';
import { serveMounts } from './serve-mounts.ts';
import type { SimulatedResources } from './simulated-resources.ts';
import { openStacks, type RehearsedStack } from './stacks.ts';
import { watchProject } from './watch-project.ts';

/** The options of a rehearsal. */
export interface RuntimeOptions {
  /** The project's root. */
  readonly root: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Address to listen on; the loopback address unless given. */
  readonly address?: string | undefined;
  /** Host names that clients may use besides those of the loopback address. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly time: 'skip' | 'real';
  /** The instant at which a clock that skips starts; the real present where it is left out. */
  readonly startsAt?: Date | undefined;
  /** Whether the template's schedules wait for `continueAtPresent`. */
  readonly holdsSchedules?: boolean | undefined;
  /** Keeps across restarts what callers were told is accepted; relative to the root. */
  readonly storeDirectory?: string | undefined;
  /** The URL of a PostgreSQL that somebody runs, for the RDS Data API; an embedded one unless given. */
  readonly postgres?: string | undefined;
  /** Such as `.aws-sam/build`, relative to the root: runs what `sam build` made. */
  readonly prebuiltDirectory?: string | undefined;
  /** The template, relative to the root; see `AppOptions`. */
  readonly templateFile?: string | undefined;
  /** Templates of stacks beside it, relative to the root. */
  readonly otherTemplates?: readonly string[] | undefined;
  /** The environment of samconfig.toml; see `AppOptions`. */
  readonly environment?: string | undefined;
  /** Parameters of the template, over those of samconfig.toml. */
  readonly parameterOverrides?: Readonly<Record<string, string>> | undefined;
  /** The Regions in which the template is rehearsed, its own first; that of samconfig.toml unless given. */
  readonly regions?: readonly string[] | undefined;
  /** Whether what the rehearsal does not know or do is refused; as package.json says unless given. */
  readonly strict?: boolean | undefined;
  /** The plug-ins of the project; none unless given. */
  readonly plugins?: readonly RehearsalPlugin[] | undefined;
  /** Takes remarks for the person who watches. */
  readonly say: (line: string) => void;
  /** Results of tasks in the format of `MockConfigFile.json`, relative to the root. */
  readonly mockConfig?: string | undefined;
  /** Sees every call of a service after it ended, with its caller. */
  readonly onCall?: ((call: CallRecord) => void) | undefined;
  /** Lets calls of services go wrong on purpose. */
  readonly injectedFaultOf?: ChooseInjectedFault | undefined;
  /** Finds who acts instead of a service, such as AWS itself; nobody unless given. */
  readonly actInstead?: ActInstead | undefined;
  /** How many workers of functions are kept, where memory matters less than time. */
  readonly functionWorkers?: Partial<PoolLimits> | undefined;
}

/** A running rehearsal; what is not of all Regions is of the app's own. */
export interface Runtime {
  readonly url: string;
  /** The app as it is now. */
  app(): App;
  /** Whether the store had executions of an earlier run. */
  readonly isContinued: boolean;
  readonly bus: Bus;
  /** The histories of the executions, to be read. */
  readonly histories: Histories;
  /** The Regions in which a stack is rehearsed, the app's own first. */
  readonly regions: readonly string[];
  /** The stack of a Region. @throws {UserError} Where none is rehearsed. */
  inRegion(region: string): RehearsedRegion;
  /** Calls an action of a service, as a client does. */
  readonly call: ServiceCall;
  /** The services around the app, and what can be broken in them. */
  readonly simulatedResources: SimulatedResources;
  /** The clock where it skips; undefined in real time. */
  readonly skippingClock: SkippingClock | undefined;
  /** Resolves when nothing is under way: every execution has ended, or waits for somebody. */
  settled(): Promise<void>;
  /** Lets the clock go on at the real present, never backwards, and the template's schedules happen. */
  continueAtPresent(): Promise<void>;
  /** Lets a schedule of the template happen now, by its logical id or name. @throws {UserError} When there is none. */
  runSchedule(name: string): Promise<void>;
  /** What is wrong with the code of functions; not what is not installed or built, which many may lack. */
  wrongCode(): Promise<readonly Problem[]>;
  /** Lets executions that start from now on use another file of mocks. @throws {UserError} When it is wrong. */
  readonly useMocks: Mocks['use'];
  /** Reads the project's files again; returns what is wrong, in whose place the old stays. */
  reload(): Promise<readonly Problem[]>;
  close(): Promise<void>;
}

/**
 * Starts a rehearsal of the project in `root`: the only place where its modules meet.
 * @throws {UserError} When the port is taken, or with all that is wrong with the project's files;
 * nothing is left running then.
 */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const closers = createClosers();
  try {
    return await openRuntime(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function openRuntime(options: RuntimeOptions, closers: Closers): Promise<Runtime> {
  const { root, say, onCall } = options;
  const storeDirectory = options.storeDirectory && resolve(root, options.storeDirectory);
  const store = openStore({ storeDirectory, say });
  closers.add(store.close);
  const skippingClock = skippingClockOf(options);
  const clock = skippingClock ?? createRealClock();
  const onBug = bugReporter(say);
  const seen: ((call: CallRecord) => void)[] = onCall === undefined ? [] : [onCall];
  const registry = createRegistry({ ...options, clock, onBug, onCall: toAll(seen) });
  const principals = createPrincipals({ accountId: ACCOUNT_ID });
  const mounts: Mount[] = [];
  const endpoint = await startEndpoint({ ...options, registry, principals, onBug, mounts });
  closers.add(endpoint.close);

  const config = mustRead(readProjectConfig(root));
  const { limits, simulatedResources } = config;
  const place = { accountId: ACCOUNT_ID, endpointUrl: endpoint.url, maps: store.maps };
  const stacks = openStacks({ ...withStrictness(options, config), ...place });
  const { home, app, apps } = stacks;
  store.belongsTo(home);
  const mocks = openMocks(options, app);
  const known = { ...servedBy(registry), mocks: mocks.read, store, limits, home };
  const time = { clock, skippingClock, standStill: skippingClock?.standStill };
  const from = { call: registry.call, onBug, principals, closers, seen };
  const base = { ...options, ...place, ...known, ...time, ...from };
  const plugins = openPlugins(options.plugins ?? [], { ...base, region: home, app, apps });
  const opened = { ...base, simulatedResources, stacks, registry, opened: plugins };
  const { regions, shared } = await openRegions(opened);
  const isContinued = await continueAtLast(regions, skippingClock);

  const { simulatedResources: resources } = shared;
  const serve = serveMounts({ ...base, mounts, plugins, regions, simulatedResources: resources });
  const followersOf = (region: OpenedRegion): Followers => ({
    ...{ ...base, ...region },
    serve: (apis) => serve(region.region, apis),
  });
  await holding(clock, async () => {
    for (const { region, followed } of stacks.all) {
      await followed.start(followersOf(regions.mustFind(region)));
    }
    for (const { resume, executions } of regions.all()) {
      resume();
      sayRecovered(executions.recover(), say);
    }
  });
  endpoint.open();
  const again = ({ region }: RehearsedStack) => followersOf(regions.mustFind(region));
  const reload = oneByOne(() => stacks.again(again));
  const readAgain = () => reload().then((problems) => report(problems, say), onBug);
  const functions = stacks.all.map(({ region }) => regions.mustFind(region).functions);
  closers.add(watchProject({ ...options, ...stacks, config, functions, onBug, reload: readAgain }));

  const { bus, histories, runSchedule } = rehearsedIn(regions, stacks, home);
  return {
    ...{ url: endpoint.url, app, isContinued, bus, histories, call: registry.call },
    ...{ simulatedResources: resources, useMocks: mocks.use },
    regions: stacks.all.map(({ region }) => region),
    inRegion: (region) => rehearsedIn(regions, stacks, region),
    skippingClock,
    ...timeOf(skippingClock, regions, shared),
    runSchedule,
    ...{ wrongCode: wrongCodeOf(functions), reload, close: closers.close },
  };
}

/** What is not installed or built is one mistake of many functions; anything else is in their code. */
function wrongCodeOf(functions: readonly Pick<OpenedFunctions, 'problems'>[]) {
  return async () =>
    (await Promise.all(functions.map(({ problems }) => problems())))
      .flat()
      .filter(({ mistake }) => mistake === undefined);
}

/** The command line decides over package.json whether what is not known is refused. */
function withStrictness(options: RuntimeOptions, { strict }: ProjectConfig): RuntimeOptions {
  return { ...options, strict: options.strict ?? strict };
}

/** Passes a call on to all who see calls then; the list may grow. */
function toAll(seen: readonly ((call: CallRecord) => void)[]) {
  return (call: CallRecord): void => {
    for (const see of seen) see(call);
  };
}

function skippingClockOf({ time, startsAt }: RuntimeOptions): SkippingClock | undefined {
  return time === 'skip' ? createSkippingClock({ startsAtMs: startsAt?.getTime() }) : undefined;
}

/** Lists the actions of a registry's services, for code that names them. */
function servedBy({ services }: ReturnType<typeof createRegistry>) {
  return {
    serves: (service: string, action: string): boolean =>
      Object.hasOwn(services.get(service)?.actions ?? {}, action),
    outputShapes: outputShapes((service) => services.get(service)?.client),
    sdkModels: sdkModels((service) => services.get(service)?.client),
  };
}

/** Time stands still until executions go on. */
async function holding(clock: Clock, work: () => Promise<void>): Promise<void> {
  const release = clock.hold();
  try {
    await work();
  } finally {
    release();
  }
}

function sayRecovered({ resumed, aborted }: Recovered, say: (line: string) => void): void {
  for (const arn of resumed) say(`Goes on where the process that ran it ended: ${arn}`);
  for (const { executionArn, reason } of aborted) {
    say(`Aborted, since the process that ran it ended and ${reason}: ${executionArn}`);
  }
}

function mustRead<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw invalid(result.problems);
}

/** Starts a run only when the one before has ended, so that the last change is the one that stays. */
function oneByOne<T>(run: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(run, run);
    last = next;
    return next;
  };
}

function report(problems: readonly Problem[], say: (line: string) => void): void {
  foldedLines(problems).forEach(say);
  say(
    problems.length === 0
      ? 'Read again: the next event sees the change'
      : 'Not taken: what ran before goes on until this is mended',
  );
}

function bugReporter(say: (line: string) => void) {
  return (bug: unknown, ...where: readonly string[]): void => say(bugText(bug, where));
}
