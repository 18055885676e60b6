import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { invalid } from '../core/user-error.ts';
import { readProjectConfig } from '../project/project-config.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from '../runtime/runtime.ts';
import { createCallLog } from '../scenarios/call-log.ts';
import { FIRST_START } from '../scenarios/scenario-start.ts';
import { seedWorld } from '../scenarios/seed-world.ts';
import { stageOf } from '../scenarios/stage-of.ts';
import type { Output } from './output.ts';
import { endpointFile, endpointIn } from './session.ts';

/** What `start` takes. */
export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly once?: boolean;
  readonly samples: boolean;
  readonly store?: string;
  readonly time: 'skip' | 'real';
}

/** The project that `start` runs, and its plug-ins. */
export type RehearsedProject = Pick<
  RuntimeOptions,
  'root' | 'templateFile' | 'environment' | 'parameterOverrides' | 'plugins'
>;

/** Boots, plays, and serves until a signal; answers the exit code. */
export async function rehearse(
  options: StartOptions,
  output: Output,
  project: RehearsedProject,
): Promise<number> {
  const { root, plugins = [] } = project;
  const config = readProjectConfig(root);
  if (!config.ok) throw invalid(config.problems);
  const { scenarios, seeds } = config.value;
  const plays = options.samples && scenarios !== undefined;
  const calls = createCallLog();
  const runtime = await createRuntime({
    ...project,
    port: options.port,
    address: options.host,
    allowedHosts: options.allowHost,
    time: options.time,
    ...(plays ? { startsAt: FIRST_START, holdsSchedules: true } : {}),
    ...(options.store === undefined ? {} : { storeDirectory: options.store }),
    say: (line) => output.say(line),
    onCall: calls.onCall,
  });
  try {
    const stage = stageOf(runtime, calls);
    await seedWorld(root, stage, [...seeds, ...plugins.flatMap((one) => one.seeds ?? [])]);
    const failures = plays
      ? await (await import('../scenarios/play-all.ts')).playAll(root, runtime, stage, output)
      : 0;
    if (!options.once) await runtime.continueAtPresent();
    if (!options.once) await serve(runtime, root, output);
    return failures === 0 ? 0 : 1;
  } finally {
    await runtime.close();
  }
}

/** Serves until Ctrl-C or a polite kill. */
async function serve(runtime: Runtime, root: string, output: Output): Promise<void> {
  const { url } = runtime;
  const file = endpointFile(root);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${url}\n`);
  output.say(`
Serving AWS at ${url} until Ctrl-C. Try, in another terminal:
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

/** Calls of what the app has: its first workflow, and the first route that reads of each API. */
function hints({ app, url }: Runtime): readonly string[] {
  const { httpApis, region, stateMachines } = app();
  const [machine] = stateMachines;
  const curls = httpApis.flatMap(({ id, routes }) => {
    const route = routes.find(({ method }) => method === 'GET');
    if (route === undefined) return [];
    const signed = `--aws-sigv4 aws:amz:${region}:execute-api --user local:local `;
    const at = `${url}/_aws/execute-api/${id}${route.path}`;
    return [`curl ${route.authorizer === 'AWS_IAM' ? signed : ''}'${at}'`];
  });
  const environment = `AWS_ENDPOINT_URL=${url} AWS_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`;
  return [
    ...curls,
    ...(machine === undefined
      ? []
      : [`${environment} aws stepfunctions list-executions --state-machine-arn ${machine.arn}`]),
  ];
}
