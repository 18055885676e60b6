import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { comparison, drillLines, drillTable } from './drill-lines.ts';
import { type DrillResult, verdictOf } from './drill-result.ts';
import { keepDrill, lastLike, readDrills } from './drill-store.ts';
import type { FailoverReport } from './failover-report.ts';
import { timelineOf } from './timeline.ts';

const drill: DrillResult = {
  version: 1,
  ranAt: '2026-11-22T09:30:00.123Z',
  scenario: 'database',
  mode: 'graceful',
  kind: 'drill',
  broken: [],
  failoverId: 'drill-20261122093000',
  executionArn: 'arn:aws:states:us-east-1:123456789012:execution:dr-failover:1',
  status: 'SUCCEEDED',
  outcome: 'recovered',
  timeline: [
    { time: '2026-11-22T09:30:00.000Z', what: 'detected' },
    { time: '2026-11-22T09:30:41.000Z', what: 'verified' },
  ],
  recoveryTimeSeconds: 41,
  recoveryTimeObjectiveSeconds: 300,
  recoveryPointSeconds: 0,
  recoveryPointObjectiveSeconds: 5,
  checks: [
    { name: 'cluster-available', isOk: true, isRequired: true, detail: 'web-data is available' },
    { name: 'replica-lag', isOk: false, isRequired: false, detail: '900 ms' },
  ],
  plannedCalls: [{ call: 'rds:FailoverDBCluster', parameters: '{"DBClusterIdentifier":"web"}' }],
  calls: [
    { call: 'rds:DescribeDBClusters', count: 6, isMutating: false },
    { call: 'rds:FailoverDBCluster', count: 1, isMutating: true },
  ],
};

const dryRun: DrillResult = {
  ...drill,
  kind: 'dry-run',
  recoveryTimeSeconds: null,
  recoveryPointSeconds: null,
  calls: drill.calls.slice(0, 1),
};

describe('verdictOf()', () => {
  test('is met within both objectives', () => {
    expect(verdictOf(drill)).toEqual({ isMet: true, reasons: [] });
    expect(verdictOf(dryRun)).toEqual({ isMet: true, reasons: [] });
  });

  test('says which objective was missed, or was not measured', () => {
    expect(verdictOf({ ...drill, recoveryTimeSeconds: 301 }).reasons).toEqual([
      'recovery took 301 s, the objective is 300 s',
    ]);
    expect(verdictOf({ ...drill, recoveryPointSeconds: null, status: 'FAILED' })).toEqual({
      isMet: false,
      reasons: ['the execution ended FAILED', 'data loss was not measured'],
    });
  });

  test('lets no dry run pass that misses a required condition or changes something', () => {
    const flawed = {
      ...dryRun,
      checks: [{ name: 'reader', isOk: false, isRequired: true, detail: 'There is none' }],
      calls: drill.calls,
    };
    expect(verdictOf(flawed).reasons).toEqual([
      'reader: There is none',
      'rds:FailoverDBCluster was called',
    ]);
  });
});

describe('drillLines()', () => {
  test('writes the timeline, the objectives beside the last time, the checks, the calls and the verdict', () => {
    const last = { ...drill, recoveryTimeSeconds: 38 };
    expect(drillLines({ ...drill, broken: ['reader:web-data-2'] }, last)).toEqual([
      'Game day: database, graceful, with reader:web-data-2 broken',
      '',
      'Timeline',
      '  TIME          AFTER  WHAT',
      '  09:30:00.000  0 ms   detected',
      '  09:30:41.000  41 s   verified',
      '',
      'Objectives',
      '                  MEASURED  OBJECTIVE  LAST TIME',
      '  Recovery time   41 s      5 min      38 s',
      '  Recovery point  0 ms      5 s        0 ms',
      '',
      'Checks',
      '  CHECK              RESULT   DETAIL',
      '  cluster-available  ok       web-data is available',
      '  replica-lag        warning  900 ms',
      '',
      'Calls',
      '  CALL                    TIMES  CHANGES SOMETHING',
      '  rds:DescribeDBClusters  6      no',
      '  rds:FailoverDBCluster   1      yes',
      '',
      'ok: recovered',
    ]);
  });

  test('writes why it is not ok, and no objectives of a dry run', () => {
    const lines = drillLines(
      { ...dryRun, status: 'FAILED', outcome: 'UnknownScenarioError' },
      drill,
    );
    expect(lines.slice(-2)).toEqual([
      'NOT OK: UnknownScenarioError',
      '  the execution ended FAILED',
    ]);
    expect(lines).not.toContain('Objectives');
    expect(lines).toContain('  rds:FailoverDBCluster {"DBClusterIdentifier":"web"}');
    expect(lines[0]).toBe('Dry run: database, graceful');
  });
});

const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-22T09:30:00Z') + seconds * 1000).toISOString();

const report: FailoverReport = {
  outcome: 'completed',
  at: at(42),
  failover: {
    reason: 'A game day',
    objectives: { recoveryTimeSeconds: 300, recoveryPointSeconds: 5 },
  },
  failure: null,
  phases: {
    detectedAt: at(0),
    approvedAt: at(5),
    startedAt: at(6),
    switchedAt: at(40),
    verifiedAt: at(41),
  },
  recoveryTimeSeconds: 41,
  recoveryPointSeconds: 0,
  approval: { approver: 'ada' },
  checks: [],
  steps: [
    {
      stepId: '1-1',
      kind: 'aurora-cluster',
      startedAt: at(6),
      doneAt: at(40),
      calls: [{ service: 'rds', action: 'FailoverDBCluster', parameters: {} }],
    },
  ],
};

describe('timelineOf()', () => {
  test('tells phases and steps in the order in which they came', () => {
    expect(timelineOf(report).map(({ time, what }) => `${time.slice(17, 19)} ${what}`)).toEqual([
      '00 detected: A game day',
      '05 approved by ada',
      '06 checks passed, the recovery starts',
      '06 step 1-1 (aurora-cluster): FailoverDBCluster',
      '40 step 1-1 done',
      '40 switched',
      '41 the application is verified',
      '42 closed: completed',
    ]);
  });

  test('leaves out what never came', () => {
    const phases = { ...report.phases, approvedAt: null, switchedAt: null, verifiedAt: null };
    const steps = report.steps.map((step) => ({ ...step, doneAt: null, calls: [] }));
    const died = { ...report, outcome: 'aborted', phases, steps };
    expect(timelineOf(died).map(({ what }) => what)).toEqual([
      'detected: A game day',
      'checks passed, the recovery starts',
      'step 1-1 (aurora-cluster): nothing to call',
      'closed: aborted',
    ]);
  });
});

describe('comparison()', () => {
  test('compares two recoveries, and nothing else', () => {
    expect(comparison(drill, { ...drill, recoveryTimeSeconds: 38 })).toBe(
      'Recovery took 41 s, was 38 s',
    );
    expect(comparison(drill, undefined)).toBeUndefined();
    expect(comparison(dryRun, drill)).toBeUndefined();
  });
});

describe('kept game days', () => {
  test('are read back in the order of their times, and the last of a kind is found', () => {
    const root = mkdtempSync(join(tmpdir(), 'signalbox-drills-'));
    expect(readDrills(root)).toEqual([]);
    const later = { ...drill, ranAt: '2026-11-23T09:30:00.000Z', recoveryTimeSeconds: 50 };
    keepDrill(root, later);
    keepDrill(root, { ...dryRun, ranAt: '2026-11-24T09:30:00.000Z' });

    expect(keepDrill(root, drill)).toBe('.signalbox/drills/2026-11-22T09-30-00-123Z-database.json');

    const kept = readDrills(root);
    expect(kept.map(({ ranAt }) => ranAt.slice(8, 10))).toEqual(['22', '23', '24']);
    expect(lastLike(kept, drill)).toEqual(later);
    expect(lastLike(kept, { scenario: 'region', kind: 'drill' })).toBeUndefined();
    expect(drillTable(kept)[1]).toBe(
      '2026-11-22 09:30:00  database  drill    graceful  recovered  41 s      0 ms       ok',
    );
  });

  test('are refused by file and field where one is something else', () => {
    const root = mkdtempSync(join(tmpdir(), 'signalbox-drills-'));
    mkdirSync(join(root, '.signalbox/drills'), { recursive: true });
    writeFileSync(join(root, '.signalbox/drills/x.json'), '{"version":1}');
    expect(() => readDrills(root)).toThrow(/^\.signalbox\/drills\/x\.json: ranAt: /);
  });
});
