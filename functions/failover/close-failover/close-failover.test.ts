import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'valibot';
import { FailoverSchema } from '../failover.ts';
import { isTurnedAway } from '../failover-outcome.ts';
import { closingRecord, type End } from '../report/closing-record.ts';
import { reportMarkdown } from '../report/markdown.ts';
import { ClosingRecordSchema } from '../report/record.ts';
import { claimantOf, failoverOf, lockOf } from '../report/trail-folds.ts';
import type { TrailEntry } from '../trail.ts';
import { closedAs, closingEntry, countsOf } from './close-failover.ts';
import { CloseFailoverSchema, toClosing } from './closing.ts';

const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:dr-failover:e1';
const sample = JSON.parse(readFileSync('events/invoke/failover/start-step.json', 'utf8'));
const failover = parse(FailoverSchema, { ...sample.failover, failoverId: 'fo-1' });
const ended = JSON.parse(readFileSync('events/invoke/failover/close-failover.json', 'utf8'));

const group = {
  isFound: true,
  status: '',
  minSize: 2,
  maxSize: 6,
  desiredCapacity: 2,
  suspendedProcesses: [],
  zones: ['us-east-1a'],
  healthyCount: 2,
  liveCount: 2,
  failedActivities: [],
  usedVcpus: null,
};

function entry(entryId: string, at: string, rest: object = {}): TrailEntry {
  return { failoverId: 'fo-1', entryId, at, ...rest };
}

const planned = {
  service: 'autoscaling',
  action: 'SetDesiredCapacity',
  region: 'us-east-1',
  parameters: { DesiredCapacity: 10 },
};
const trail = [
  entry('claim', '09:30:00', { executionArn: EXECUTION, failover }),
  entry('lock', '09:30:01', { fencing: 7, targets: ['plan:web'] }),
  entry('before#1-1', '2026-11-22T09:30:02.000Z', {
    stepId: '1-1',
    kind: 'auto-scaling-group',
    before: group,
    decision: { desiredCapacity: 10, maxSize: 10 },
    calls: [planned],
  }),
];
const called = entry('called#1-1#request-1', '09:30:02', {
  calls: [{ ...planned, requestId: 'request-1' }],
});
const done = entry('done#1-1', '09:31:00', { detail: '10 of 10' });

const completed: End = {
  outcome: 'completed',
  executionArn: EXECUTION,
  now: '2026-11-22T09:46:00.000Z',
  failure: null,
  phases: {
    approvedAt: null,
    startedAt: '2026-11-22T09:30:02.000Z',
    switchedAt: '2026-11-22T09:31:00.000Z',
    verifiedAt: '2026-11-22T09:45:00.500Z',
  },
};
const after = new Map([['1-1', { ...group, desiredCapacity: 10 }]]);

describe('toClosing()', () => {
  test('takes the workflow’s own word as it is', () => {
    const word = { failoverId: 'fo-1', executionArn: EXECUTION, outcome: 'dry-run', now: '2026' };

    expect(toClosing(parse(CloseFailoverSchema, word))).toEqual(word);
  });

  test('finds the failover of an execution that was stopped by its input', () => {
    expect(toClosing(parse(CloseFailoverSchema, ended))).toMatchObject({
      failoverId: 'invoke-close-failover',
      outcome: 'aborted',
      now: '2026-11-22T09:30:09Z',
      failure: { Error: 'Operator', Cause: 'A sample' },
    });
  });

  test.each([null, '{"half', '{"detail":1}'])(
    'names it after the execution where the input is %p',
    (input) => {
      const event = {
        ...ended,
        detail: { ...ended.detail, input, status: 'TIMED_OUT', error: null },
      };

      expect(toClosing(parse(CloseFailoverSchema, event))).toMatchObject({
        failoverId: 'execution-invoke-sample',
        outcome: 'timed-out',
        failure: { Error: 'Execution.TIMED_OUT' },
      });
    },
  );

  test('goes on with what an execution could not write down', () => {
    const word = { failoverId: 'fo-1', executionArn: EXECUTION, outcome: 'completed', now: '2026' };
    const detail = {
      ...ended.detail,
      status: 'FAILED',
      error: 'FailoverNotClosedError',
      cause: JSON.stringify(word),
    };

    expect(toClosing(parse(CloseFailoverSchema, { ...ended, detail }))).toEqual(word);
    const broken = { ...ended, detail: { ...detail, cause: '{' } };
    expect(toClosing(parse(CloseFailoverSchema, broken)).outcome).toBe('failed');
  });
});

describe('closingRecord()', () => {
  test('holds the times against the objectives', () => {
    const record = closingRecord(completed, failover, [...trail, called, done], after);

    expect(record).toMatchObject({
      outcome: 'completed',
      recoveryTimeSeconds: 900.5,
      recoveryPointSeconds: 0,
      breaches: ['RecoveryTime'],
      failover: { failoverId: 'fo-1', scenario: 'application' },
    });
    expect(record.steps).toEqual([
      {
        stepId: '1-1',
        kind: 'auto-scaling-group',
        startedAt: '2026-11-22T09:30:02.000Z',
        doneAt: '09:31:00',
        skippedAt: null,
        before: group,
        decision: { desiredCapacity: 10, maxSize: 10 },
        calls: [{ ...planned, requestId: 'request-1' }],
        after: { ...group, desiredCapacity: 10 },
        undo: null,
      },
    ]);
    expect(parse(ClosingRecordSchema, JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('of a run that was stopped amid its call shows the call that it was about to make', () => {
    const record = closingRecord(
      { ...completed, outcome: 'aborted', phases: undefined },
      failover,
      trail,
      after,
    );

    expect(record).toMatchObject({
      phases: { startedAt: '2026-11-22T09:30:02.000Z', switchedAt: null },
      recoveryTimeSeconds: null,
      breaches: [],
      steps: [{ calls: [planned], doneAt: null }],
    });
  });

  test('of a run that was stopped amid undoing shows what it was about to call', () => {
    const undoing = entry('undoing#1-1#09:32:00', '09:32:00', { calls: [planned] });
    const sent = { ...planned, requestId: 'request-2' };
    const undid = entry('undid#1-1#request-2', '09:32:00', { calls: [sent] });
    const undo = entry('undo#1-1', '09:32:10', { status: 'undone', detail: 'As before' });
    const undoIn = (...entries: readonly TrailEntry[]) =>
      closingRecord(completed, failover, [...trail, ...entries], after).steps[0]?.undo;

    expect(undoIn(undoing)).toMatchObject({ status: 'begun', calls: [planned] });
    expect(undoIn(undoing, undid)).toMatchObject({ status: 'begun', calls: [sent] });
    expect(undoIn(undoing, undid, undo)).toEqual({
      at: '09:32:10',
      status: 'undone',
      detail: 'As before',
      calls: [sent],
    });
    expect(undoIn(undo)).toMatchObject({ status: 'undone', calls: [] });
  });

  test('of a run that knew nothing yet is still a record', () => {
    const end = {
      outcome: 'failed' as const,
      executionArn: EXECUTION,
      now: '2026',
      failure: { Error: 'InvalidPlanError', Cause: '{"errorMessage":"Cannot read the plan"}' },
    };

    expect(closingRecord(end, undefined, [], new Map())).toMatchObject({
      failover: null,
      scenario: 'unknown',
      kind: 'unknown',
      failure: { Error: 'InvalidPlanError', Cause: 'Cannot read the plan' },
      steps: [],
    });
  });

  test('counts no time backwards where the detector’s clock was ahead', () => {
    const early = { ...completed, phases: { verifiedAt: '2026-11-22T09:29:00.000Z' } };

    expect(closingRecord(early, failover, trail, after).recoveryTimeSeconds).toBe(0);
  });
});

describe('closingEntry()', () => {
  const record = closingRecord(completed, failover, trail, after);
  const closing = {
    failoverId: 'fo-1',
    executionArn: EXECUTION,
    outcome: 'completed',
    now: '2026',
  } as const;

  test('closes a failover that is the execution’s, and leaves a note otherwise', () => {
    expect(closingEntry(closing, record, true).entryId).toBe('closed');
    expect(closingEntry(closing, record, false).entryId).toBe('ended#e1');
  });
});

describe('the trail', () => {
  test('tells whose it is, what it is to do, and what it holds', () => {
    expect(claimantOf(trail)).toBe(EXECUTION);
    expect(failoverOf(trail)).toEqual(failover);
    expect(lockOf(trail)).toMatchObject({ fencing: 7, targets: ['plan:web'] });
    expect(claimantOf([])).toBeUndefined();
    expect(lockOf([])).toBeUndefined();
  });

  test('of an execution whose end claimed it has no plan', () => {
    const claimed = [entry('claim', '2026', { executionArn: EXECUTION })];

    expect(claimantOf(claimed)).toBe(EXECUTION);
    expect(failoverOf(claimed)).toBeUndefined();
  });
});

describe('countsOf()', () => {
  function counts(changes: Partial<End>) {
    const record = closingRecord({ ...completed, ...changes }, failover, trail, after);
    return Object.fromEntries(countsOf(record).map(({ name, value, by }) => [name, by ?? value]));
  }

  test('counts a completed drill by its scenario, kind and outcome, with its times', () => {
    const by = { Scenario: 'application', Kind: 'drill' };

    expect(counts({})).toEqual({
      Failovers: { ...by, Outcome: 'completed' },
      Drills: { Outcome: 'completed' },
      RecoveryTimeSeconds: by,
      RecoveryPointSeconds: by,
      ObjectivesBreached: by,
    });
  });

  test('counts a failure that somebody has to look at, but no refusal', () => {
    expect(counts({ outcome: 'needs-person' })).toHaveProperty('FailoversFailed', 1);
    expect(counts({ outcome: 'aborted' })).toHaveProperty('FailoversFailed', 1);
    expect(counts({ outcome: 'denied' })).not.toHaveProperty('FailoversFailed');
    expect(counts({ outcome: 'locked' })).not.toHaveProperty('FailoversFailed');
  });

  test('counts what was suppressed by itself', () => {
    expect(counts({ outcome: 'cooling-down' })).toEqual({
      FailoversSuppressed: { Reason: 'cooling-down' },
    });
  });
});

describe('closedAs()', () => {
  test('leaves another execution’s failover to it', () => {
    expect(closedAs('fo-1', undefined)).toMatchObject({ outcome: 'duplicate', report: null });
  });
});

describe('reportMarkdown()', () => {
  test('tells people what was, what was done and what is', () => {
    const record = closingRecord(
      { ...completed, failure: { Error: 'E', Cause: 'One | two\nthree' } },
      { ...failover, reason: 'Game | day\n# Not a heading' },
      [...trail, called, done],
      after,
    );

    const text = reportMarkdown('fo-1', record);

    expect(text.split('\n').slice(0, 12)).toEqual([
      '# Failover fo-1: completed',
      '',
      '| | |',
      '|---|---|',
      '| Scenario | application |',
      '| Kind | drill |',
      '| Mode | graceful |',
      '| Reason | Game \\| day # Not a heading |',
      '| Requested by | ada (operator) |',
      `| Execution | ${EXECUTION} |`,
      '| Failure | E: One \\| two three |',
      '',
    ]);
    expect(text).toContain('| Recovery time | 900.5 s | 900 s | breached |');
    expect(text).toContain('| Recovery point | 0 s | 60 s | kept |');
    expect(text).toContain('| Verified | 2026-11-22T09:45:00.500Z |');
    expect(text).toContain('## Step 1-1: auto-scaling-group\n');
    expect(text).toMatch(/^Started .*, done 09:31:00\.$/m);
    expect(text).toMatch(/request request-1$/m);
    expect(text).not.toContain('```');
  });

  test('reports a run that knew nothing yet', () => {
    const record = closingRecord(
      { outcome: 'failed', executionArn: EXECUTION, now: '2026' },
      undefined,
      [],
      new Map(),
    );

    expect(reportMarkdown('fo-1', record)).toContain('| Requested by | unknown |');
  });
});

describe('isTurnedAway()', () => {
  test.each([
    ['refused', true],
    ['suppressed', true],
    ['locked', false],
    ['denied', false],
    ['completed', false],
  ] as const)('of %s: %p', (outcome, isSo) => {
    expect(isTurnedAway(outcome)).toBe(isSo);
  });
});
