import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AwsError } from '../../core/aws-error.ts';
import { createTestClock } from '../../core/test-clock.ts';
import { createAutoScaling } from './auto-scaling.ts';

const NAME = 'web-tier';
const availabilityZones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const MAX_EVER = 12;

const Launch = { ScalingProcesses: ['Launch'] };

/** Steps that may happen to a group; at the end every fault and suspension is ended. */
const step = fc.oneof(
  fc.record({ call: fc.constant('SetDesiredCapacity'), DesiredCapacity: fc.nat(MAX_EVER + 2) }),
  fc.record({
    call: fc.constant('UpdateAutoScalingGroup'),
    MinSize: fc.nat(6),
    MaxSize: fc.nat(MAX_EVER),
  }),
  fc.constant({ call: 'SuspendProcesses', ...Launch }),
  fc.constant({ call: 'ResumeProcesses', ...Launch }),
  fc.record({
    fault: fc.constantFrom('capacity', 'application', 'slow-launches', 'region-application'),
    isOn: fc.boolean(),
  }),
  fc.record({ advanceMs: fc.nat(120_000) }),
);

function counts(show: object): { desired: number; max: number; alive: number; inService: number } {
  const { desired, max, pending, inService, ...rest } = groupOf(show);
  expect(rest['unhealthy']).toBeLessThanOrEqual(inService + (rest['terminating'] ?? 0));
  return { desired, max, alive: pending + inService, inService };
}

interface Shown extends Record<string, number> {
  desired: number;
  max: number;
  pending: number;
  inService: number;
}

function groupOf(show: object): Shown {
  const text = JSON.stringify(show);
  const number = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(text)?.[1]);
  return {
    desired: number('desired'),
    max: number('max'),
    pending: number('pending'),
    inService: number('inService'),
    unhealthy: number('unhealthy'),
    terminating: number('terminating'),
  };
}

test('a group never launches above its maximum, and rests at what is desired', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const clock = createTestClock();
      const scaling = createAutoScaling({ clock, region: 'us-east-1', accountId: '123456789012' });
      const group = { name: NAME, minSize: 2, maxSize: 6, availabilityZones };
      scaling.simulated.seed({ 'us-east-1': [group] });
      const { simulated, service } = scaling;
      let most = 6;

      for (const next of steps) {
        if ('advanceMs' in next) await clock.advance(next.advanceMs);
        else if ('fault' in next)
          simulated.faults[next.fault]?.[next.isOn ? 'start' : 'end']('us-east-1');
        else await call(service.actions[next.call], next);
        const { alive, max } = counts(simulated.show());
        // Instances above a lowered maximum are being terminated.
        most = Math.max(most, max);
        expect(alive).toBeLessThanOrEqual(most);
      }

      for (const fault of Object.values(simulated.faults)) {
        if (fault !== simulated.faults['scaling-throttled']) fault.end('us-east-1');
      }
      await call(service.actions['ResumeProcesses'], Launch);
      await clock.advance(1_500_000);
      const { desired, max, alive, inService } = counts(simulated.show());
      expect(desired).toBeLessThanOrEqual(max);
      expect([alive, inService]).toEqual([desired, desired]);
      expect(clock.pending()).toBe(0);
    }),
    { numRuns: 300 },
  );
});

async function call(
  action: ReturnType<typeof createAutoScaling>['service']['actions'][string] | undefined,
  input: object,
): Promise<void> {
  const caller = { arn: 'arn:aws:iam::123456789012:root' };
  try {
    await action?.({ AutoScalingGroupName: NAME, ...input }, caller);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}
