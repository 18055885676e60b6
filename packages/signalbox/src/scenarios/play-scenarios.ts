import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { metricsTable, readMetrics } from '../cli/commands/metrics.ts';
import type { Progress } from '../cli/print/progress.ts';
import type { Remarks } from '../cli/remarks.ts';
import type { Session } from '../cli/session.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type Audience, type PlayedScenario, playAll } from './play-all.ts';
import { reportOf, verdictOf } from './print/report.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** The rehearsal that scenarios are played on, and the outputs that show it. */
export interface PlayOptions {
  readonly root: string;
  readonly runtime: Runtime;
  readonly stage: Stage;
  readonly session: Session;
  readonly progress: Progress;
  readonly remarks: Remarks;
}

/** Plays scenarios and prints a line for each, the details of what failed, and the verdict last. */
export async function playScenarios(
  scenarios: readonly Scenario[],
  options: PlayOptions,
): Promise<readonly PlayedScenario[]> {
  const { root, stage, session, progress, remarks } = options;
  const { output, verbose } = session;
  const audience: Audience = {
    begins: ({ title }, index) => progress.show(`${index + 1} of ${scenarios.length}: ${title}`),
    ended(played) {
      progress.clear();
      const { scenario, result, differences } = played;
      const lines = reportOf(played, { colour: output.layout.colour, verbose });
      output.item({ scenario: scenario.name, result, differences }, lines.join('\n'));
    },
  };
  const played = await playAll(root, stage, scenarios, audience);
  if (verbose) await printMetrics(options);
  remarks.unfold();
  const verdict = verdictOf(played);
  const isGood = played.every(({ differences }) => differences.length === 0);
  if (output.json) output.say(verdict);
  else output.item({}, output.layout.colour[isGood ? 'ok' : 'bad'](verdict));
  return played;
}

async function printMetrics({ stage, session }: PlayOptions): Promise<void> {
  const { output } = session;
  const endMs = stage.now().getTime() + 60_000;
  const client = new CloudWatchClient(stage.client);
  const metrics = await readMetrics(client, undefined, { namespace: undefined, startMs: 0, endMs });
  output.item({ metrics }, metricsTable(metrics, output.layout).join('\n'));
}
