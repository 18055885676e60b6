import { beforeEach, describe, expect, test } from '@jest/globals';
import { autoScalingGroup } from '../steps/auto-scaling-group.ts';
import { answeringClients, runWith } from '../test-clients.ts';
import { undoStep } from './undo-step.ts';

const step = {
  stepId: '1-1',
  kind: 'auto-scaling-group',
  group: 'web-tier',
  timeoutSeconds: 900,
  waitSeconds: 15,
};

let group: { MaxSize: number; DesiredCapacity: number };
let obeys: boolean;

beforeEach(() => {
  group = { MaxSize: 6, DesiredCapacity: 2 };
  obeys = true;
});

const { clients } = answeringClients({
  DescribeAutoScalingGroups: () => ({
    AutoScalingGroups: [{ ...group, MinSize: 2, AvailabilityZones: ['a'], Instances: [] }],
  }),
  UpdateAutoScalingGroup: (input) => {
    if (obeys) group = { ...group, ...input };
    return {};
  },
});
const run = runWith(clients);

async function begun() {
  const before = await autoScalingGroup.stateOf(step, run, 'judge');
  group = { MaxSize: 10, DesiredCapacity: 10 };
  const decision = { desiredCapacity: 10, maxSize: 10 };
  return { at: '2026', stepId: '1-1', kind: step.kind, before, decision, calls: [] };
}

describe('undoStep()', () => {
  test('has nothing to undo of a step that never began', async () => {
    expect(await undoStep(autoScalingGroup, step, run, undefined)).toEqual({
      stepId: '1-1',
      status: 'nothing',
      detail: 'It never began',
      calls: [],
    });
  });

  test('calls, looks, and is done; called again it only looks', async () => {
    const before = await begun();

    const undone = await undoStep(autoScalingGroup, step, run, before);
    const again = await undoStep(autoScalingGroup, step, run, before);

    expect(undone).toMatchObject({
      status: 'undone',
      calls: [{ action: 'UpdateAutoScalingGroup' }],
    });
    expect(group).toMatchObject({ MaxSize: 6, DesiredCapacity: 2 });
    expect(again).toMatchObject({ status: 'undone', calls: [] });
  });

  test('is pending while the world does not show it', async () => {
    const before = await begun();
    obeys = false;

    expect(await undoStep(autoScalingGroup, step, run, before)).toMatchObject({
      status: 'pending',
    });
  });
});
