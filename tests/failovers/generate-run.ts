import type { Json } from '../../packages/signalbox/src/core/json.ts';
import { changesOf } from './generate-changes.ts';
import { faultsOf } from './generate-faults.ts';
import { injectedFaultsOf } from './generate-injected-faults.ts';
import { timeOf } from './generate-time.ts';
import { createRandom, type Random } from './random.ts';
import type { Answer, PlannedRequest, PlannedWord, RunPlan, Trigger } from './run-plan.ts';

/** Makes all that happens in a run from a seed and the failover plan that is deployed. */
export function generateRun(seed: number, failoverPlan: Json): RunPlan {
  const random = createRandom(seed);
  const count = random.weighted([
    [70, 1],
    [20, 2],
    [10, 3],
  ]);
  const requests = Array.from({ length: count }, (_, index) => requestOf(random, seed, index));
  const stops = random.weighted([
    [65, 0],
    [30, 1],
    [5, 2],
  ]);
  return {
    seed,
    automaticFailover: random.chance(0.8) ? 'enabled' : 'disabled',
    changes: changesOf(random, failoverPlan),
    ...(random.chance(0.12) && { executionTimeoutSeconds: random.integer(1, 400) }),
    requests,
    answers: Array.from({ length: 6 }, () => answerOf(random)),
    faults: faultsOf(random),
    stops: Array.from({ length: stops }, () => timeOf(random)),
    injectedFaults: injectedFaultsOf(random),
    words: wordsOf(random, seed),
  };
}

/** Most come amid the steps of a failover: it makes some sixty calls. */
function wordsOf(random: Random, seed: number): readonly PlannedWord[] {
  const count = random.weighted([
    [60, 0],
    [30, 1],
    [10, 2],
  ]);
  return Array.from({ length: count }, () => ({
    at: timeOf(random),
    failoverId: `run-${seed}-1`,
    action: random.pick(['skip', 'ungraceful'] as const),
  }));
}

function requestOf(random: Random, seed: number, index: number): PlannedRequest {
  const isFirst = index === 0;
  return {
    at: isFirst || random.chance(0.4) ? { kind: 'first' } : timeOf(random),
    trigger: triggerOf(random, `run-${seed}-${index + 1}`),
    ...(random.chance(0.12) && { again: timeOf(random) }),
  };
}

function triggerOf(random: Random, requestId: string): Trigger {
  const kind = random.weighted([
    [75, 'event'],
    [20, 'alarm'],
    [5, 'schedule'],
  ] as const);
  if (kind === 'alarm') return { kind, index: random.integer(0, 3) };
  return { kind, detail: detailOf(random, requestId, kind === 'schedule') };
}

function detailOf(
  random: Random,
  requestId: string,
  isScheduled: boolean,
): Readonly<Record<string, Json>> {
  const scenario = random.weighted([
    [33, 'database'],
    [33, 'application'],
    [33, 'region'],
    [1, 'nothing-of-the-kind'],
  ]);
  const takesInstance = scenario === 'database' && random.chance(0.3);
  const takesCapacity = scenario !== 'database' && random.chance(0.3);
  return {
    version: 1,
    scenario,
    mode: random.pick(['graceful', 'ungraceful']),
    kind: random.weighted([
      [isScheduled ? 5 : 50, 'real'],
      [25, 'drill'],
      [15, 'dry-run'],
    ]),
    reason: 'A run of the randomised test',
    requestedBy: 'somebody',
    requestId,
    ...(takesInstance && {
      targetInstance: random.pick(['web-data-1', 'web-data-2', 'web-data-3', 'web-data-9']),
    }),
    ...(takesCapacity && { desiredCapacity: random.integer(1, 14) }),
  };
}

function answerOf(random: Random): Answer {
  return random.weighted([
    [70, 'approve'],
    [15, 'deny'],
    [15, 'nobody'],
  ]);
}
