import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RehearsalPlugin } from '../rehearsal-plugin.ts';
import { createRuntime, type Runtime } from '../runtime/runtime.ts';
import { createCallLog } from '../scenarios/call-log.ts';
import { FIRST_START } from '../scenarios/scenario-start.ts';
import { seedWorld } from '../scenarios/seed-world.ts';
import { stageOf } from '../scenarios/stage-of.ts';
import type { Output } from './output.ts';
import { ENDPOINT_FILE, endpointInFile } from './session.ts';

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

/** Boots, plays, and serves until a signal; answers the exit code. */
export async function rehearse(
  options: StartOptions,
  output: Output,
  plugins: readonly RehearsalPlugin[],
): Promise<number> {
  const root = process.cwd();
  const calls = createCallLog();
  const runtime = await createRuntime({
    root,
    port: options.port,
    address: options.host,
    allowedHosts: options.allowHost,
    time: options.time,
    ...(options.samples ? { startsAt: FIRST_START, holdsSchedules: true } : {}),
    ...(options.store === undefined ? {} : { storeDirectory: options.store }),
    plugins,
    say: (line) => output.say(line),
    onCall: calls.onCall,
  });
  try {
    const stage = stageOf(runtime, calls);
    await seedWorld(root, stage);
    const failures = options.samples
      ? await (await import('../scenarios/play-all.ts')).playAll(root, runtime, stage, output)
      : 0;
    if (!options.once) await runtime.continueAtPresent();
    if (!options.once) await serve(runtime, output);
    return failures === 0 ? 0 : 1;
  } finally {
    await runtime.close();
  }
}

/** Serves until Ctrl-C or a polite kill. */
async function serve(runtime: Runtime, output: Output): Promise<void> {
  const { url } = runtime;
  mkdirSync(dirname(ENDPOINT_FILE), { recursive: true });
  writeFileSync(ENDPOINT_FILE, `${url}\n`);
  const [machine] = runtime.app().stateMachines;
  output.say(`
Serving AWS at ${url} until Ctrl-C. Try, in another terminal:
  npx signalbox ls
${apiLines(runtime)}  AWS_ENDPOINT_URL=${url} AWS_REGION=${runtime.app().region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws stepfunctions list-executions --state-machine-arn ${machine?.arn}
`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  // Another rehearsal may have left its own there meanwhile.
  if (endpointInFile() === url) rmSync(ENDPOINT_FILE);
}

/** A call of each API that it serves: what the samples' people do. */
function apiLines({ app, url }: Runtime): string {
  const { httpApis, region } = app();
  return httpApis
    .flatMap(({ id, routes }) => {
      const [route] = routes.filter(({ method }) => method === 'GET');
      const [decision] = routes.filter(({ path }) => path.startsWith('/approvals/'));
      const at = `${url}/_aws/execute-api/${id}`;
      const curl = `  curl --aws-sigv4 aws:amz:${region}:execute-api --user local:local`;
      return [
        ...(route === undefined ? [] : [`${curl} ${at}/users/usr-ada/orders\n`]),
        ...(decision === undefined
          ? []
          : [`${curl} -d '{"decision":"approve"}' ${at}/approvals/ID\n`]),
      ];
    })
    .join('');
}
