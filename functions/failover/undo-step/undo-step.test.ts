import { beforeEach, describe, expect, test } from '@jest/globals';
import { autoScalingGroup } from '../steps/auto-scaling-group.ts';
import { answeringClients, runWith } from '../test-clients.ts';
import type { Before } from '../trail.ts';
import { type UndoTrail, undoStep } from './undo-step.ts';

const step = {
  stepId: '1-1',
  kind: 'auto-scaling-group',
  group: 'web-tier',
  timeoutSeconds: 900,
  waitSeconds: 15,
};

let deeds: string[];
let isClosing: boolean;
let group: { MaxSize: number; DesiredCapacity: number };
let obeys: boolean;

beforeEach(() => {
  deeds = [];
  isClosing = false;
  group = { MaxSize: 6, DesiredCapacity: 2 };
  obeys = true;
});

const { clients } = answeringClients({
  DescribeAutoScalingGroups: () => ({
    AutoScalingGroups: [{ ...group, MinSize: 2, AvailabilityZones: ['a'], Instances: [] }],
  }),
  DescribeScalingActivities: () => ({ Activities: [] }),
  UpdateAutoScalingGroup: (input) => {
    deeds.push('called');
    if (obeys) group = { ...group, ...input };
    return {};
  },
});
const run = runWith(clients);

function trailOf(before: Before | undefined): UndoTrail {
  return {
    readBefore: async () => before,
    isClosing: async () => isClosing,
    async appendUndoing(calls) {
      deeds.push(`about to call ${calls.map(({ action }) => action).join()}`);
    },
    async appendUndid(calls) {
      deeds.push(`request ${calls.length} is written`);
    },
  };
}

async function begun() {
  const before = await autoScalingGroup.stateOf(step, run, 'judge');
  group = { MaxSize: 10, DesiredCapacity: 10 };
  const decision = { desiredCapacity: 10, maxSize: 10 };
  return {
    at: '2026-11-22T09:29:00.000Z',
    stepId: '1-1',
    kind: step.kind,
    before,
    decision,
    calls: [],
  };
}

describe('undoStep()', () => {
  test('has nothing to undo of a step that never began', async () => {
    expect(await undoStep(autoScalingGroup, step, run, trailOf(undefined))).toEqual({
      stepId: '1-1',
      status: 'nothing',
      detail: 'It never began',
      calls: [],
    });
  });

  test('calls, looks, and is done; called again it only looks', async () => {
    const before = await begun();

    const undone = await undoStep(autoScalingGroup, step, run, trailOf(before));
    const again = await undoStep(autoScalingGroup, step, run, trailOf(before));

    expect(undone).toMatchObject({
      status: 'undone',
      calls: [{ action: 'UpdateAutoScalingGroup' }],
    });
    expect(group).toMatchObject({ MaxSize: 6, DesiredCapacity: 2 });
    expect(again).toMatchObject({ status: 'undone', calls: [] });
    expect(deeds).toEqual([
      'about to call UpdateAutoScalingGroup',
      'called',
      'request 1 is written',
    ]);
  });

  test('is pending while the group does not show it', async () => {
    const before = await begun();
    obeys = false;

    expect(await undoStep(autoScalingGroup, step, run, trailOf(before))).toMatchObject({
      status: 'pending',
    });
  });

  test('calls nothing once the end of its run is being written down', async () => {
    const before = await begun();
    isClosing = true;

    await expect(undoStep(autoScalingGroup, step, run, trailOf(before))).rejects.toMatchObject({
      name: 'LockLostError',
    });
    expect(deeds).toEqual(['about to call UpdateAutoScalingGroup']);
    expect(group).toMatchObject({ MaxSize: 10, DesiredCapacity: 10 });
  });
});
