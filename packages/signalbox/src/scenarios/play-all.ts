import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { metricsTable, readMetrics } from '../cli/commands/metrics.ts';
import type { Output } from '../cli/output.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { judge } from './judge.ts';
import { playSample } from './play-sample.ts';
import { reportOf } from './report.ts';
import { readSamples, type Sample } from './sample.ts';
import type { Stage } from './stage.ts';

/** Plays every sample and prints what came of it, then the metrics; answers how many ended otherwise than they should. */
export async function playAll(
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
    if (waitsInVain(sample) && stage.nobodyAnswers === undefined) {
      output.say(`Left out, since its wait would be real: ${sample.title}\n`);
      continue;
    }
    count += 1;
    const played = await playSample(root, stage, sample);
    const differences = judge(sample.expect, played, stateMachineOf(stage, sample));
    if (differences.length > 0) failures += 1;
    const report = reportOf(sample, played, differences).join('\n');
    output.item({ sample: sample.name, played, differences }, report);
  }
  const metrics = await readMetrics(new CloudWatchClient(stage.client), undefined, {
    namespace: runtime.app().parameters['MetricsNamespace'] ?? '',
    startMs: 0,
    endMs: stage.now().getTime() + 60_000,
  });
  output.item({ metrics }, metricsTable(metrics).join('\n'));
  output.say(`\n${count - failures} of ${count} samples ended as they should`);
  return failures;
}

/** The name of the state machine whose executions a sample counts. */
export function stateMachineOf({ physicalId }: Stage, { workflow }: Sample): string {
  return physicalId(workflow).split(':').at(-1) ?? '';
}

function waitsInVain({ steps }: Sample): boolean {
  return steps.some(({ answer }) => answer?.decision === 'nobody');
}
