import { beforeEach, describe, expect, test } from '@jest/globals';
import { safeParse } from 'valibot';
import type { Clients } from '../clients.ts';
import { answeringClients, runWith } from '../test-clients.ts';
import { eventSourceMappings } from './event-source-mappings.ts';

const arnIn = (region: string, uuid: string) =>
  `arn:aws:lambda:${region}:123456789012:event-source-mapping:${uuid}`;
const arnOf = (last: string) => arnIn('us-west-2', `0e000000-0000-4000-8000-00000000000${last}`);
const [ONE, TWO] = [arnOf('1'), arnOf('2')];
const step = {
  kind: 'event-source-mappings',
  action: 'disable',
  mappings: [ONE, TWO],
  ungraceful: 'skip',
};
const decision = { wanted: 'Disabled' };
const states = new Map<string, string>();
let turned: (readonly [string, boolean])[] = [];

const clients: Clients = {
  ...answeringClients({}).clients,
  readMapping: async (region, uuid) => states.get(arnIn(region, uuid)) ?? 'absent',
  async turnMapping(region, uuid, enabled) {
    turned.push([arnIn(region, uuid), enabled]);
    return 'r-1';
  },
};
const run = runWith(clients);
const ungraceful = runWith(clients, { mode: 'ungraceful' });
const look = (as = run) => eventSourceMappings.stateOf(step, as, 'judge');
const failedChecks = async () =>
  eventSourceMappings
    .judge(step, await look(), run)
    .checks.filter(({ ok }) => !ok)
    .map(({ name }) => name);

beforeEach(() => {
  turned = [];
  states.clear();
  states.set(ONE, 'Enabled').set(TWO, 'Enabled');
});

describe('the schema', () => {
  test.each([
    [{ ...step, mappings: [] }],
    [{ ...step, mappings: ['arn:aws:lambda:us-west-2:123456789012:function:consume'] }],
    [{ ...step, action: 'turn' }],
    [{ ...step, ungraceful: 'never' }],
  ])('refuses %j', (wrong) => {
    expect(safeParse(eventSourceMappings.schema, wrong).success).toBe(false);
  });
});

describe('judge()', () => {
  test('wants every mapping to be there, and none to be changed by somebody else', async () => {
    expect(await failedChecks()).toEqual([]);
    states.set(ONE, 'Updating');
    states.delete(TWO);
    expect(await failedChecks()).toEqual(['mappings-there', 'mappings-settled']);
    states.set(ONE, 'Enabling').set(TWO, 'Disabling');
    expect(await failedChecks()).toEqual(['mappings-settled']);
  });

  test('asks nothing of a Region that is lost', async () => {
    states.clear();
    const state = await look(ungraceful);

    expect(eventSourceMappings.judge(step, state, ungraceful).checks).toMatchObject([{ ok: true }]);
    expect(eventSourceMappings.callsFor(step, decision, state, ungraceful)).toEqual([]);
    expect(eventSourceMappings.progress(step, decision, state)).toMatchObject({ status: 'done' });
  });
});

describe('a run', () => {
  test('turns those that are not so yet, each in its Region', async () => {
    states.set(TWO, 'Disabling');
    const calls = eventSourceMappings.callsFor(step, decision, await look(), run);
    for (const call of calls) await eventSourceMappings.perform(call, run);

    expect(calls).toMatchObject([{ action: 'UpdateEventSourceMapping', region: 'us-west-2' }]);
    expect(turned).toEqual([[ONE, false]]);
  });

  test('is done once all are through', async () => {
    const progress = async () => eventSourceMappings.progress(step, decision, await look()).status;
    states.set(ONE, 'Disabled').set(TWO, 'Disabling');
    expect(await progress()).toBe('pending');
    states.set(TWO, 'Disabled');
    expect(await progress()).toBe('done');
    states.delete(TWO);
    expect(await progress()).toBe('failed');
  });
});

describe('undoing', () => {
  const BEFORE = { isLeftAlone: false, mappings: { [ONE]: 'Enabled', [TWO]: 'Disabled' } };
  const reversal = async (changes: object = {}, as = run) => {
    const undone = { ...step, ungraceful: 'act', ...changes };
    const state = await eventSourceMappings.stateOf(undone, as, 'watch');
    return eventSourceMappings.reversal(undone, decision, BEFORE, state, as);
  };

  test('turns back what it turned, and only that', async () => {
    states.set(ONE, 'Disabled').set(TWO, 'Disabled');

    expect(await reversal()).toMatchObject({
      kind: 'calls',
      calls: [{ parameters: { UUID: ONE.split(':').at(-1), Enabled: true } }],
    });
    states.set(ONE, 'Enabled');
    expect(await reversal()).toMatchObject({ kind: 'undone' });
  });

  test('waits for one that is still being turned', async () => {
    states.set(ONE, 'Disabling').set(TWO, 'Disabled');

    expect(await reversal()).toMatchObject({ kind: 'calls', calls: [] });
    states.set(ONE, 'Enabling');
    expect(await reversal()).toMatchObject({ kind: 'calls', calls: [] });
  });

  test('keeps all where the Region that was left is not known to be well', async () => {
    states.set(ONE, 'Disabled').set(TWO, 'Disabled');

    expect(await reversal({}, ungraceful)).toMatchObject({ kind: 'kept' });
    expect(await reversal({ undo: 'never' })).toMatchObject({ kind: 'kept' });
  });

  test('of mappings that were left alone is none', async () => {
    const left = await look(ungraceful);

    expect(eventSourceMappings.reversal(step, decision, left, left, ungraceful).kind).toBe(
      'nothing',
    );
    expect(eventSourceMappings.reversal(step, decision, BEFORE, left, ungraceful).kind).toBe(
      'kept',
    );
  });
});
