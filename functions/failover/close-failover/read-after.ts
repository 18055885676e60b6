import type { Clients } from '../clients.ts';
import { type Failover, stepsOf, toStepRun } from '../failover.ts';
import { beforesOf } from '../report/trail-folds.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import type { TrailEntry } from '../trail.ts';

/** Reads the present state of every step that was started; what cannot be read says why. */
export async function readAfter(
  clients: Clients,
  region: string,
  failover: Failover | undefined,
  { trail, now }: { readonly trail: readonly TrailEntry[]; readonly now: string },
): Promise<ReadonlyMap<string, unknown>> {
  if (failover === undefined) return new Map();
  const started = new Map(beforesOf(trail).map(({ stepId, at }) => [stepId, at]));
  const states = stepsOf(failover)
    .filter(({ stepId }) => started.has(stepId))
    .map(async (step) => {
      const times = { now, startedAt: started.get(step.stepId) };
      const run = toStepRun(clients, region, failover, times);
      try {
        return [step.stepId, await stepKindOf(step).stateOf(step, run, 'watch')] as const;
      } catch (error) {
        // A state that cannot be read must not keep the lock.
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        return [step.stepId, { unreadable: reason }] as const;
      }
    });
  return new Map(await Promise.all(states));
}
