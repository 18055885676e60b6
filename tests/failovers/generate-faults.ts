import { timeOf } from './generate-time.ts';
import type { Random } from './random.ts';
import type { PlannedFault } from './run-plan.ts';

/** The faults that may come, each with what it may be aimed at; undefined leaves that to the fault. */
const FAULTS: readonly (readonly [fault: string, targets: readonly (string | undefined)[]])[] = [
  ['database', [undefined]],
  ['database-target', [undefined, 'web-global-east']],
  ['no-readers', [undefined, 'web-global-east']],
  ['cluster-busy', ['web-data', 'web-global-east']],
  ['failover-stuck', ['web-data', 'web-global']],
  ['failover-throttled', [undefined, '1', '2', '40']],
  ['replica-lag', ['web-data', 'web-global']],
  ['region-database', [undefined]],
  ['capacity', [undefined]],
  ['launch-suspended', [undefined]],
  ['application', [undefined]],
  ['slow-launches', [undefined]],
  ['scaling-throttled', [undefined, '1', '40']],
  ['region-application', [undefined]],
  ['routing-endpoint', [undefined, 'us-west-2', 'all']],
  ['bucket-access', ['web-platform-standby']],
  ['bucket-vanishes', ['web-platform-standby']],
  ['s3-throttled', [undefined, 'web-platform-standby']],
  ['control-plane', [undefined]],
  ['health-event', ['RDS']],
  ['mapping-stuck', [undefined]],
];

/** Chooses none, one or two faults, from the beginning or in the middle, some of which are mended. */
export function faultsOf(random: Random): readonly PlannedFault[] {
  const count = random.weighted([
    [30, 0],
    [45, 1],
    [25, 2],
  ]);
  return Array.from({ length: count }, () => {
    const [fault, targets] = random.pick(FAULTS);
    const target = random.pick(targets);
    return {
      fault,
      ...(target !== undefined && { target }),
      from: random.chance(0.5) ? ({ kind: 'first' } as const) : timeOf(random),
      ...(random.chance(0.3) && { until: timeOf(random) }),
    };
  });
}
