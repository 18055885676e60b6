import {
  GetRoutingControlStateCommand,
  ListRoutingControlsCommand,
  Route53RecoveryClusterClient,
  type RoutingControlState,
  UpdateRoutingControlStateCommand,
  UpdateRoutingControlStatesCommand,
} from '@aws-sdk/client-route53-recovery-cluster';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { clientOptions, startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import { CLUSTER_REGIONS, createRoutingControl, type RoutingControls } from './routing-control.ts';

const PANEL = '0123456789abcdef0123456789abcdef';
const PANEL_ARN = `arn:aws:route53-recovery-control::123456789012:controlpanel/${PANEL}`;
const EAST = `${PANEL_ARN}/routingcontrol/00000000000000ea`;
const WEST = `${PANEL_ARN}/routingcontrol/00000000000000e5`;
const RULE = `${PANEL_ARN}/safetyrule/00000000000000a1`;

const rule = {
  id: '00000000000000a1',
  name: 'one-on',
  type: 'ATLEAST',
  threshold: 1,
  assertedControls: ['web-east', 'web-west'],
  waitPeriodMs: 0,
};

const sectionOf = (more: object = {}) => ({
  controlPanels: [
    {
      id: PANEL,
      name: 'web-platform',
      routingControls: [
        { id: '00000000000000ea', name: 'web-east', state: 'Off' },
        { id: '00000000000000e5', name: 'web-west', state: 'On' },
      ],
      safetyRules: [{ ...rule, ...more }],
    },
  ],
});

let clock: TestClock;
let routing: RoutingControls;
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: Route53RecoveryClusterClient;

beforeEach(async () => {
  clock = createTestClock();
  routing = createRoutingControl({ clock, region: 'us-east-1', accountId: '123456789012' });
  routing.simulated.seed(sectionOf());
  endpoint = await startTestEndpoint([routing.service]);
  client = clientOf('us-east-1');
});

afterEach(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

const clientOf = (region: string) =>
  new Route53RecoveryClusterClient({ ...clientOptions(endpoint.url), region });

const update = (
  RoutingControlArn: string,
  RoutingControlState: RoutingControlState,
  SafetyRulesToOverride?: string[],
) =>
  client.send(
    new UpdateRoutingControlStateCommand({
      RoutingControlArn,
      RoutingControlState,
      SafetyRulesToOverride,
    }),
  );

const entry = (RoutingControlArn: string, RoutingControlState: RoutingControlState) => ({
  RoutingControlArn,
  RoutingControlState,
});

const updateAll = (...UpdateRoutingControlStateEntries: ReturnType<typeof entry>[]) =>
  client.send(new UpdateRoutingControlStatesCommand({ UpdateRoutingControlStateEntries }));

const states = () => [EAST, WEST].map((arn) => routing.isOn(arn));

describe('GetRoutingControlState', () => {
  test('returns the state and the name', async () => {
    const command = new GetRoutingControlStateCommand({ RoutingControlArn: WEST });

    expect(await client.send(command)).toMatchObject({
      RoutingControlArn: WEST,
      RoutingControlName: 'web-west',
      RoutingControlState: 'On',
    });
  });

  test.each([
    [`${PANEL_ARN}/routingcontrol/0000000000000000`, 'ResourceNotFoundException'],
    ['web-west', 'ValidationException'],
  ])('refuses %s', async (RoutingControlArn, name) => {
    const refused = client.send(new GetRoutingControlStateCommand({ RoutingControlArn }));

    await expect(refused).rejects.toMatchObject({ name });
  });
});

describe('ListRoutingControls', () => {
  test('pages through the controls', async () => {
    const first = await client.send(new ListRoutingControlsCommand({ MaxResults: 1 }));
    const { NextToken } = first;
    const second = await client.send(
      new ListRoutingControlsCommand({ ControlPanelArn: PANEL_ARN, MaxResults: 1, NextToken }),
    );

    expect(first.RoutingControls).toEqual([
      {
        ControlPanelArn: PANEL_ARN,
        ControlPanelName: 'web-platform',
        RoutingControlArn: EAST,
        RoutingControlName: 'web-east',
        RoutingControlState: 'Off',
        Owner: '123456789012',
      },
    ]);
    expect(second).toMatchObject({ RoutingControls: [{ RoutingControlName: 'web-west' }] });
    expect(second.NextToken).toBeUndefined();
  });

  test.each([
    [{ ControlPanelArn: 'arn:none' }, 'ResourceNotFoundException'],
    [{ MaxResults: 0 }, 'ValidationException'],
    [{ NextToken: 'mine' }, 'ValidationException'],
  ])('refuses %j', async (input, name) => {
    const refused = client.send(new ListRoutingControlsCommand(input));

    await expect(refused).rejects.toMatchObject({ name });
  });
});

describe('UpdateRoutingControlState', () => {
  test('switches one control, and says so', async () => {
    let calls = 0;
    routing.onChange(() => {
      calls += 1;
    });

    await update(EAST, 'On');

    expect(states()).toEqual([true, true]);
    expect(calls).toBe(1);
  });

  test('refuses what a safety rule forbids, with the rule’s ARN', async () => {
    await expect(update(WEST, 'Off')).rejects.toMatchObject({
      name: 'ConflictException',
      message: `Routing control state update is blocked by safety rule ${RULE}: one-on asserts that at least 1 of 2 routing controls are On, and 0 would be`,
      resourceId: RULE,
      resourceType: 'SafetyRule',
      $metadata: { httpStatusCode: 409 },
    });
    expect(states()).toEqual([false, true]);
  });

  test('does it where the rule is overridden', async () => {
    await update(WEST, 'Off', [RULE]);

    expect(states()).toEqual([false, false]);
    await expect(update(EAST, 'On', ['arn:none'])).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test.each([
    ['AND', false],
    ['OR', true],
  ])('holds rules of type %s', async (type, isAllowed) => {
    routing.simulated.seed(sectionOf({ type }));
    await update(EAST, 'On');

    const switched = update(EAST, 'Off').then(
      () => true,
      () => false,
    );

    expect(await switched).toBe(isAllowed);
  });

  test('holds an inverted rule', async () => {
    routing.simulated.seed(sectionOf({ threshold: 2, inverted: true }));

    await expect(update(EAST, 'On')).rejects.toMatchObject({
      message: expect.stringContaining('fewer than 2 of 2 routing controls are On'),
    });
  });

  test('refuses the next change within the rule’s wait period', async () => {
    routing.simulated.seed(sectionOf({ waitPeriodMs: 5_000 }));
    await update(EAST, 'On');
    await clock.advance(4_999);
    await expect(update(WEST, 'Off')).rejects.toMatchObject({ name: 'ConflictException' });

    await clock.advance(1);
    await update(WEST, 'Off');

    expect(states()).toEqual([true, false]);
  });
});

describe('UpdateRoutingControlStates', () => {
  test('switches all at once, so that the rule holds', async () => {
    await updateAll(entry(WEST, 'Off'), entry(EAST, 'On'));

    expect(states()).toEqual([true, false]);
  });

  test('switches none where one is refused', async () => {
    const refused = updateAll(entry(EAST, 'On'), entry(`${PANEL_ARN}/routingcontrol/0`, 'On'));

    await expect(refused).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(states()).toEqual([false, true]);
  });

  test('refuses a control that is given twice', async () => {
    await expect(updateAll(entry(EAST, 'On'), entry(EAST, 'Off'))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('routing-endpoint', () => {
  const fault = () => {
    const found = routing.simulated.faults['routing-endpoint'];
    if (found === undefined) throw new RangeError('Cannot find the fault');
    return found;
  };
  const ask = (region: string) =>
    clientOf(region).send(new GetRoutingControlStateCommand({ RoutingControlArn: WEST }));

  test('stops one endpoint, while the others respond', async () => {
    fault().start(undefined);

    await expect(ask('us-east-1')).rejects.toMatchObject({
      name: 'EndpointTemporarilyUnavailableException',
      $metadata: { httpStatusCode: 503 },
    });
    for (const region of CLUSTER_REGIONS.slice(1)) {
      expect(await ask(region)).toMatchObject({ RoutingControlState: 'On' });
    }
    expect(routing.simulated.show()).toEqual({
      controlPanels: [
        {
          name: 'web-platform',
          routingControls: { 'web-east': 'Off', 'web-west': 'On' },
          safetyRules: ['one-on'],
        },
      ],
      endpointsDown: ['us-east-1'],
    });
    fault().end(undefined);
    expect(await ask('us-east-1')).toMatchObject({ RoutingControlState: 'On' });
  });

  test('stops them all, and refuses a Region without one', async () => {
    fault().start('all');

    await expect(ask('eu-west-1')).rejects.toMatchObject({
      name: 'EndpointTemporarilyUnavailableException',
    });
    expect(() => fault().start('eu-central-1')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  test('finds no endpoint in other Regions', async () => {
    await expect(ask('eu-central-1')).rejects.toMatchObject({
      name: 'EndpointTemporarilyUnavailableException',
    });
  });
});

describe('seed()', () => {
  test('says all that is wrong', () => {
    const section = sectionOf({ id: 'a1', type: 'MOST' });

    expect(() => routing.simulated.seed(section)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: [
          'routing-control.controlPanels[0].safetyRules[0].id: Write 16 digits of 0-9 and a-f',
          'routing-control.controlPanels[0].safetyRules[0].type: Write one of ATLEAST, AND, OR',
        ].join('\n'),
      }),
    );
    const unknown = sectionOf({ assertedControls: ['web-north'] });
    expect(() => routing.simulated.seed(unknown)).toThrow(
      'routing-control.controlPanels[0].safetyRules[0].assertedControls: There is no control "web-north" in the panel',
    );
  });
});
