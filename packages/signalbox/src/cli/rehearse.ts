import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CONSOLE_PREFIX, consolePrefix } from '../console/server/console-prefix.ts';
import { invalid } from '../core/user-error.ts';
import type { PassthroughTarget } from '../passthrough/passthrough-target.ts';
import { readProjectConfig } from '../project/project-config.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from '../runtime/runtime.ts';
import { createCallLog } from '../scenarios/call-log.ts';
import type { PlayOptions } from '../scenarios/play-scenarios.ts';
import { putSeeds } from '../scenarios/put-seeds.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { FIRST_START } from '../scenarios/scenario-start.ts';
import { stageOf } from '../scenarios/stage-of.ts';
import type { Output } from './print/output.ts';
import { createProgress } from './print/progress.ts';
import { readScenariosOf } from './rehearse-files.ts';
import { openPassthrough } from './rehearse-passthrough.ts';
import { createRemarks } from './remarks.ts';
import { endpointFile, endpointIn, type Session } from './session.ts';
import { reportStrayErrors } from './stray-errors.ts';

/** The exit code where what the user wrote is wrong. */
const WRONG_INPUT = 2;

/** The options of `start`. */
export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly once?: boolean;
  readonly scenarios: boolean;
  readonly store?: string;
  readonly postgres?: string;
  readonly time: 'skip' | 'real';
  readonly mocks?: string;
  readonly mockConfig?: string;
  readonly passthrough?: readonly PassthroughTarget[];
}

/** Boots, plays the scenarios, and serves until a signal; returns the exit code. */
export async function rehearse(options: StartOptions, session: Session): Promise<number> {
  const { output } = session;
  const { root } = session.project;
  const scenarios = options.scenarios ? await readScenariosOf(session) : [];
  const passthrough = openPassthrough(options.passthrough ?? [], session);
  const runtime = { ...runtimeOptions(options, scenarios), ...passthrough };
  return withRehearsal(session, runtime, async (play) => {
    const failures = await playFirst(scenarios, play, output);
    if (!options.once) {
      await play.runtime.continueAtPresent();
      await serve(play.runtime, root, output);
    }
    if (failures > 0) return 1;
    // Who serves may correct it meanwhile.
    const wrong = options.once ? await play.runtime.wrongCode() : [];
    return wrong.length === 0 ? 0 : WRONG_INPUT;
  });
}

type StageOptions = Omit<RuntimeOptions, 'root' | 'plugins' | 'say' | 'onCall'>;

function runtimeOptions(options: StartOptions, scenarios: readonly Scenario[]): StageOptions {
  return {
    port: options.port,
    address: options.host,
    allowedHosts: options.allowHost,
    time: options.time,
    ...(scenarios.length > 0 ? { startsAt: FIRST_START, holdsSchedules: true } : {}),
    ...(options.store === undefined ? {} : { storeDirectory: options.store }),
    postgres: options.postgres,
    mockConfig: options.mocks ?? options.mockConfig,
  };
}

/** Plays the scenarios unless the store has them already; returns how many failed. */
async function playFirst(
  scenarios: readonly Scenario[],
  play: PlayOptions,
  output: Output,
): Promise<number> {
  play.progress.clear();
  if (scenarios.length > 0 && !play.runtime.isContinued) {
    const { playScenarios } = await import('../scenarios/play-scenarios.ts');
    const played = await playScenarios(scenarios, play);
    return played.filter(({ differences }) => differences.length > 0).length;
  }
  play.remarks.unfold();
  if (scenarios.length > 0) {
    output.say('The store has executions of an earlier run, so the scenarios are not played again');
  }
  return 0;
}

/** Boots a rehearsal of the session's project for as long as `act` goes on. */
export async function withRehearsal<T>(
  session: Session,
  options: StageOptions,
  act: (play: PlayOptions) => Promise<T>,
): Promise<T> {
  const { output, project } = session;
  const { root } = project;
  const plugins = await session.plugins();
  const config = readProjectConfig(root);
  if (!config.ok) throw invalid(config.problems);
  const seeds = [...config.value.seeds, ...plugins.flatMap((one) => one.seeds ?? [])];
  const calls = createCallLog();
  const progress = createProgress(process.stderr);
  const remarks = createRemarks(output, session.verbose);
  output.say('Starting the rehearsal');
  const endReports = reportStrayErrors(remarks.take, process);
  progress.show('Reading the project and starting its services');
  try {
    const said = { say: remarks.take, onCall: calls.onCall };
    const runtime = await createRuntime({ ...options, ...project, plugins, ...said });
    try {
      const stage = stageOf(runtime, calls);
      await putSeeds(root, stage, seeds);
      return await act({ root, runtime, stage, session, progress, remarks });
    } finally {
      await runtime.close();
    }
  } finally {
    endReports();
    progress.clear();
  }
}

/** Serves until Ctrl-C or a polite kill. */
async function serve(runtime: Runtime, root: string, output: Output): Promise<void> {
  const { url } = runtime;
  const file = endpointFile(root);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${url}\n${runtime.app().region}\n`);
  output.say(`
Serving AWS at ${url} until Ctrl-C. Look at it in a browser:
  ${url}${CONSOLE_PREFIX}/
${regionLines(runtime)}Try, in another terminal:
  npx signalbox ls
${hints(runtime)
  .map((line) => `  ${line}\n`)
  .join('')}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  // Another rehearsal may have left its own there meanwhile.
  if (endpointIn(root) === url) rmSync(file);
}

/** Says how the stacks of other Regions than the app's own are looked at. */
function regionLines({ regions, url }: Runtime): string {
  const [home, ...others] = regions;
  if (others.length === 0) return '';
  const lines = others.map(
    (region) => `  ${url}${consolePrefix(region, home ?? '')}/ for ${region}\n`,
  );
  return `${lines.join('')}A stack runs in each of ${regions.join(', ')}; --region names one to any command.\n`;
}

/** Calls of what the app has: its first workflow, and the first route that reads of each API. */
function hints({ app, url }: Runtime): readonly string[] {
  const { httpApis, restApis, region, stateMachines } = app();
  const [machine] = stateMachines;
  const curls = httpApis.flatMap(({ id, routes }) => {
    const route = routes.find(({ method }) => method === 'GET');
    if (route === undefined) return [];
    const signed = `--aws-sigv4 aws:amz:${region}:execute-api --user local:local `;
    const at = `${url}/_aws/execute-api/${id}${route.path}`;
    return [`curl ${route.authorizer === 'AWS_IAM' ? signed : ''}'${at}'`];
  });
  const rests = restApis.flatMap(({ id, routes }) => {
    const route = routes.find(({ method }) => method === 'GET' || method === 'ANY');
    return route === undefined ? [] : [`curl '${url}/_aws/execute-api/${id}/Prod${route.path}'`];
  });
  const environment = `AWS_ENDPOINT_URL=${url} AWS_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`;
  return [
    ...curls,
    ...rests,
    ...(machine === undefined
      ? []
      : [`${environment} aws stepfunctions list-executions --state-machine-arn ${machine.arn}`]),
  ];
}
