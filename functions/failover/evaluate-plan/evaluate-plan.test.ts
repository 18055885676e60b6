import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'valibot';
import { parsePlan } from '../plan.ts';
import {
  alarmWarnings,
  changesOf,
  drillAges,
  drillWarnings,
  KeptWarningsSchema,
  planEvaluated,
  warningsOf,
  warningsPut,
} from './evaluate-plan.ts';

const step = { kind: 'auto-scaling-group', group: 'web-tier' };
const waves = [{ name: 'one', steps: [step] }];
const plan = parsePlan(
  JSON.stringify({
    version: 1,
    name: 'web-platform',
    recoveryTimeObjectiveSeconds: 900,
    recoveryPointObjectiveSeconds: 60,
    cooldownMinutes: 60,
    drillEveryDays: 30,
    drilledScenarios: ['database', 'application'],
    approval: { real: 'required', drill: 'required', automatic: 'required', timeoutSeconds: 60 },
    applicationHealthAlarms: ['web', 'database'],
    triggers: [{ alarm: 'database', scenario: 'database', mode: 'graceful' }],
    scenarios: {
      database: { waves },
      application: { applicationHealthAlarms: ['web', 'tier'], waves },
    },
  }),
  'us-east-1',
);
const now = new Date('2026-11-22T09:30:00.000Z');

describe('warningsOf()', () => {
  test('warns of every check that does not hold, required or not', () => {
    const checks = [
      { name: 'a', ok: true, level: 'required', detail: '' },
      { name: 'b', ok: false, level: 'required', detail: 'B' },
      { name: 'c', ok: false, level: 'advisory', detail: 'C' },
    ] as const;

    expect(warningsOf('database', '1-1', checks)).toEqual([
      { scenario: 'database', stepId: '1-1', check: 'b', detail: 'B' },
      { scenario: 'database', stepId: '1-1', check: 'c', detail: 'C' },
    ]);
  });
});

describe('alarmWarnings()', () => {
  test('warns once of each alarm that nobody has made', () => {
    expect(alarmWarnings(plan, new Map([['web', 'OK']]), true).map(({ detail }) => detail)).toEqual(
      ['There is no alarm database', 'There is no alarm tier'],
    );
  });

  test('warns of an alarm without data that verification would wait for', () => {
    const states = new Map([
      ['web', 'INSUFFICIENT_DATA'],
      ['database', 'ALARM'],
      ['tier', 'OK'],
    ]);

    expect(alarmWarnings(plan, states, true)).toEqual([]);
    expect(alarmWarnings(plan, states, false)).toEqual([
      {
        scenario: '',
        stepId: '',
        check: 'verification-alarm',
        detail: 'web is INSUFFICIENT_DATA; verification waits until it is OK',
      },
    ]);
  });
});

describe('drillAges()', () => {
  const kept = [
    {
      failoverId: 'plan:web-platform',
      entryId: 'drilled-since#application',
      at: '2026-10-13T09:30:00.000Z',
    },
    { failoverId: 'plan:web-platform', entryId: 'drill#database', at: '2026-11-20T21:30:00.000Z' },
  ];

  test('are measured of scenarios that have game days, and of no others', () => {
    const { drilledScenarios: _, ...undrilled } = plan;

    expect(drillAges({ ...undrilled, drilledScenarios: ['database'] }, kept, now)).toEqual([
      { scenario: 'database', days: 1.5 },
    ]);
    expect(drillAges({ ...undrilled, drilledScenarios: [] }, kept, now)).toEqual([]);
  });

  test('counts from the last drill, or from when game days began', () => {
    expect(drillAges(plan, kept, now)).toEqual([
      { scenario: 'database', days: 1.5 },
      { scenario: 'application', days: 40 },
    ]);
    expect(drillAges(plan, [], now)).toEqual([
      { scenario: 'database', days: 0 },
      { scenario: 'application', days: 0 },
    ]);
  });

  test('that are older than the plan wants are warned of', () => {
    expect(drillWarnings(plan, drillAges(plan, kept, now))).toEqual([
      {
        scenario: 'application',
        stepId: '',
        check: 'drill-recent',
        detail: 'The last drill is 40 days old, of at most 30',
      },
    ]);
  });
});

describe('changesOf()', () => {
  const lag = { scenario: 'region', stepId: '1-1', check: 'replication-lag', detail: '61000 ms' };
  const invalid = { scenario: '', stepId: '', check: 'plan-valid', detail: 'It is not JSON' };

  test('knows a warning by where it is, whatever its detail says', () => {
    const kept = ['region 1-1 replication-lag', 'database 1-1 replica-lag'];

    expect(changesOf(kept, [{ ...lag, detail: '62000 ms' }, invalid])).toEqual({
      came: ['plan plan-valid'],
      went: ['database 1-1 replica-lag'],
    });
    expect(changesOf([], [lag, lag]).came).toEqual(['region 1-1 replication-lag']);
  });

  test('finds none in what was kept of the same warnings', () => {
    const { Item } = warningsPut('Failovers', '2026-11-22T09:30:00Z', [lag, invalid]);

    expect(changesOf(parse(KeptWarningsSchema, Item).names, [lag, invalid])).toEqual({
      came: [],
      went: [],
    });
  });
});

describe('planEvaluated()', () => {
  test('keeps the contract, however much there is to warn of', () => {
    const warning = { scenario: 'x', stepId: '1-1', check: 'c', detail: 'd'.repeat(2_000) };
    const entry = planEvaluated(
      'operations',
      'web-platform',
      '2026-11-22T09:30:00Z',
      Array(60).fill(warning),
    );
    const detail = JSON.parse(entry.Detail ?? '');
    const schema = JSON.parse(readFileSync('events/failover/plan-evaluated.schema.json', 'utf8'));
    const validate = new Ajv().compile(schema);

    validate({ 'detail-type': entry.DetailType, source: entry.Source, detail });

    expect(validate.errors).toBeNull();
    expect(detail).toMatchObject({ warningCount: 60 });
  });
});
