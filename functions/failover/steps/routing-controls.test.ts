import {
  ConflictException,
  EndpointTemporarilyUnavailableException,
} from '@aws-sdk/client-route53-recovery-cluster';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { answeringClients, runWith } from '../test-clients.ts';
import { routingControls } from './routing-controls.ts';

const step = { kind: 'routing-controls', on: ['panel/east'], off: ['panel/west'] };
const decision = { controls: { 'panel/east': 'On', 'panel/west': 'Off' } };

let controls: Record<string, string>;
let down: number;

beforeEach(() => {
  controls = { 'panel/east': 'Off', 'panel/west': 'On' };
  down = 0;
});

function arnOf(input: object): string {
  return 'RoutingControlArn' in input ? String(input.RoutingControlArn) : '';
}

function fallOver(): void {
  if (down === 0) return;
  down -= 1;
  throw new EndpointTemporarilyUnavailableException({ message: 'Not now', $metadata: {} });
}

const { clients, calls } = answeringClients({
  GetRoutingControlState: (input) => {
    fallOver();
    return { RoutingControlArn: arnOf(input), RoutingControlState: controls[arnOf(input)] };
  },
  UpdateRoutingControlStates: () => {
    fallOver();
    return {};
  },
});
const run = runWith(clients);
const lost = runWith(clients, { mode: 'ungraceful' });

describe('routingControls', () => {
  test('turns all controls in one call, so that the safety rule sees the whole', async () => {
    const state = await routingControls.stateOf(step, run, 'judge');

    const [call, ...others] = routingControls.callsFor(step, decision, state, run);

    expect(others).toEqual([]);
    expect(call).toEqual({
      service: 'route53-recovery-cluster',
      action: 'UpdateRoutingControlStates',
      region: 'us-east-1',
      parameters: {
        UpdateRoutingControlStateEntries: [
          { RoutingControlArn: 'panel/east', RoutingControlState: 'On' },
          { RoutingControlArn: 'panel/west', RoutingControlState: 'Off' },
        ],
      },
    });
    expect(routingControls.judge(step, state, run).decision).toEqual(decision);
    await routingControls.perform(call!, run);
    expect(calls.at(-1)).toEqual({ action: call!.action, input: call!.parameters });
  });

  test('is done when every control is as wanted, and then calls nothing', async () => {
    const before = await routingControls.stateOf(step, run, 'watch');
    controls = { 'panel/east': 'On', 'panel/west': 'Off' };
    const after = await routingControls.stateOf(step, run, 'watch');

    expect(routingControls.progress(step, decision, before).status).toBe('pending');
    expect(routingControls.progress(step, decision, after).status).toBe('done');
    expect(routingControls.callsFor(step, decision, after, run)).toEqual([]);
  });

  test('asks the next endpoint where one does not answer', async () => {
    down = 1;

    expect(await routingControls.stateOf({ ...step, off: [] }, run, 'watch')).toEqual({
      controls: { 'panel/east': 'Off' },
    });
  });

  test('says so when none does', async () => {
    down = 2;

    await expect(routingControls.stateOf({ ...step, off: [] }, run, 'watch')).rejects.toMatchObject(
      {
        name: 'RoutingControlsUnreachableError',
        message:
          'None of 2 endpoints of the routing control cluster answered: EndpointTemporarilyUnavailableException, EndpointTemporarilyUnavailableException',
      },
    );
  });

  test('asks no other endpoint when a safety rule refuses', async () => {
    const { clients: ruled, calls: made } = answeringClients({
      UpdateRoutingControlStates: () => {
        throw new ConflictException({
          message: 'A safety rule',
          resourceId: undefined,
          resourceType: undefined,
          $metadata: {},
        });
      },
    });
    const call = {
      service: 'route53-recovery-cluster',
      action: 'UpdateRoutingControlStates',
      region: 'us-east-1',
      parameters: { UpdateRoutingControlStateEntries: [] },
    };

    await expect(routingControls.perform(call, runWith(ruled))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    expect(made).toHaveLength(1);
  });

  test('turns the traffic back after a graceful run, and only then', async () => {
    const before = await routingControls.stateOf(step, run, 'judge');
    controls = { 'panel/east': 'On', 'panel/west': 'Off' };
    const after = await routingControls.stateOf(step, run, 'watch');
    const reversal = (given: object, here: typeof run) =>
      routingControls.reversal(given, decision, before, after, here);

    expect(reversal(step, run)).toMatchObject({
      kind: 'calls',
      calls: [
        {
          parameters: {
            UpdateRoutingControlStateEntries: [
              { RoutingControlArn: 'panel/east', RoutingControlState: 'Off' },
              { RoutingControlArn: 'panel/west', RoutingControlState: 'On' },
            ],
          },
        },
      ],
    });
    expect(reversal(step, lost).kind).toBe('kept');
    expect(reversal({ ...step, undo: 'never' }, run).kind).toBe('kept');
    expect(routingControls.reversal(step, decision, before, before, lost).kind).toBe('undone');
  });
});
