import {
  createRuntime,
  type Runtime,
  type RuntimeOptions,
} from '../../packages/signalbox/src/runtime/runtime.ts';
import { createCallLog } from '../../packages/signalbox/src/scenarios/call-log.ts';
import { putSeeds } from '../../packages/signalbox/src/scenarios/put-seeds.ts';
import { FIRST_START } from '../../packages/signalbox/src/scenarios/scenario-start.ts';
import type { Stage } from '../../packages/signalbox/src/scenarios/stage.ts';
import { stageOf } from '../../packages/signalbox/src/scenarios/stage-of.ts';
import { plugin } from '../../rehearsal/plugin.ts';

/** A rehearsal in the process of a test, with the seeds of `scenarios/seed.json`. */
export interface StartedRehearsal {
  readonly runtime: Runtime;
  readonly stage: Stage;
  /** The lines that it printed so far. */
  readonly said: readonly string[];
}

/** Starts a rehearsal of this project, or of `root`, on a free port and a clock that skips from a fixed instant. */
export async function startRehearsal(
  options: Partial<RuntimeOptions> = {},
): Promise<StartedRehearsal> {
  const said: string[] = [];
  const calls = createCallLog();
  const root = options.root ?? process.cwd();
  const runtime = await createRuntime({
    port: 0,
    time: 'skip',
    plugins: [plugin],
    startsAt: FIRST_START,
    holdsSchedules: true,
    ...options,
    root,
    say(line) {
      said.push(line);
      options.say?.(line);
    },
    onCall(call) {
      calls.onCall(call);
      options.onCall?.(call);
    },
  });
  const stage = stageOf(runtime, calls);
  await putSeeds(root, stage);
  return { runtime, stage, said };
}
