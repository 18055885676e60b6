import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { createRuntime, type Runtime } from '../../runtime/runtime.ts';
import { metricsTable, readMetrics } from '../commands/metrics.ts';
import type { Output } from '../output.ts';
import { ENDPOINT_FILE, endpointInFile } from '../session.ts';
import { judge } from './judge.ts';
import { playSample } from './play-sample.ts';
import { reportOf } from './report.ts';
import { readSamples } from './sample.ts';
import { seedWorld } from './seed-world.ts';
import type { Stage } from './stage.ts';
import { stageOf } from './stage-of.ts';

/** What `start` takes. */
export interface StartOptions {
  readonly port: number;
  readonly once?: boolean;
  readonly samples: boolean;
  readonly store?: string;
  readonly time: 'skip' | 'real';
}

/** Boots, plays, and serves until a signal; answers the exit code. */
export async function rehearse(options: StartOptions, output: Output): Promise<number> {
  const root = process.cwd();
  const runtime = await createRuntime({
    root,
    port: options.port,
    time: options.time,
    ...(options.store === undefined ? {} : { storeDirectory: options.store }),
    say: (line) => output.say(line),
  });
  try {
    const stage = stageOf(runtime);
    await seedWorld(root, stage);
    const failures = options.samples ? await playAll(root, runtime, stage, output) : 0;
    if (!options.once) await serve(runtime, output);
    return failures === 0 ? 0 : 1;
  } finally {
    await runtime.close();
  }
}

async function playAll(
  root: string,
  runtime: Runtime,
  stage: Stage,
  output: Output,
): Promise<number> {
  if (runtime.isContinued) {
    output.say('The store has orders of an earlier run, so the samples are not played again');
    return 0;
  }
  let failures = 0;
  let count = 0;
  for (const sample of readSamples(root)) {
    if (sample.answer?.decision === 'nobody' && stage.nobodyAnswers === undefined) {
      output.say(`Left out, since its wait would be real: ${sample.title}\n`);
      continue;
    }
    count += 1;
    const played = await playSample(root, stage, sample);
    const differences = judge(sample.expect, played, stateMachineOf(stage));
    if (differences.length > 0) failures += 1;
    const report = reportOf(sample, played, differences).join('\n');
    output.item({ sample: sample.name, played, differences }, report);
  }
  const metrics = await readMetrics(new CloudWatchClient(stage.client), undefined, {
    namespace: runtime.app().parameters['MetricsNamespace'] ?? '',
    hours: 24,
  });
  output.item({ metrics }, metricsTable(metrics).join('\n'));
  output.say(`\n${count - failures} of ${count} samples ended as they should`);
  return failures;
}

function stateMachineOf(stage: Stage): string {
  return stage.physicalId('OrderProcessingStateMachine').split(':').at(-1) ?? '';
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
  AWS_ENDPOINT_URL=${url} AWS_REGION=${runtime.app().region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws stepfunctions list-executions --state-machine-arn ${machine?.arn}
`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  // Another rehearsal may have left its own there meanwhile.
  if (endpointInFile() === url) rmSync(ENDPOINT_FILE);
}
