import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../packages/signalbox/src/core/json.ts';
import { checkRun } from './check-run.ts';
import type { Fact, Observation, SeenEntry, SeenExecution, SeenFailover } from './observation.ts';

const TARGET = 'auto-scaling:us-east-1:web-tier';
const PLAN = 'plan:web-platform';
const at = '2026-11-22T09:30:00.000Z';

const step = {
  stepId: '1-1',
  kind: 'auto-scaling-group',
  group: 'web-tier',
  desiredCapacity: 10,
  mayRaiseMaxSize: true,
  timeoutSeconds: 900,
  waitSeconds: 15,
};

const group = { isFound: true, minSize: 2, maxSize: 6, desiredCapacity: 2 };

interface Wanted {
  readonly kind?: 'real' | 'drill' | 'dry-run';
  readonly isApprovalRequired?: boolean;
  readonly outcome?: string;
  readonly targets?: readonly string[];
  readonly undo?: unknown;
  readonly after?: unknown;
}

/** A failover of one step whose trail is whole. */
function seen(id: string, wanted: Wanted = {}): SeenFailover {
  const { kind = 'real', isApprovalRequired = false, outcome = 'completed' } = wanted;
  const { targets = [PLAN, TARGET], undo = null, after = { isFound: true } } = wanted;
  const failover = {
    failoverId: id,
    scenario: 'application',
    mode: 'graceful',
    kind,
    origin: 'operator',
    isAutomatic: false,
    reason: 'A test',
    requestedBy: 'ada',
    detectedAt: at,
    plan: 'web-platform',
    objectives: { recoveryTimeSeconds: 900, recoveryPointSeconds: 60 },
    cooldownMinutes: 60,
    approval: { isRequired: isApprovalRequired, timeoutSeconds: 900 },
    verification: { alarms: [], timeoutSeconds: 600 },
    targets: [PLAN, TARGET],
    waves: [{ name: 'application', steps: [step] }],
  };
  const { waves: _, targets: __, ...told } = failover;
  const decision = { desiredCapacity: 10, maxSize: 10 };
  const record = {
    outcome,
    executionArn: arnOf(id),
    at,
    failover: told,
    scenario: 'application',
    kind,
    failure: null,
    phases: {
      detectedAt: at,
      approvedAt: null,
      startedAt: at,
      switchedAt: null,
      verifiedAt: null,
    },
    recoveryTimeSeconds: null,
    recoveryPointSeconds: null,
    breaches: [],
    approval: null,
    checks: [],
    changes: [],
    steps: [
      {
        stepId: '1-1',
        kind: step.kind,
        startedAt: at,
        doneAt: null,
        skippedAt: null,
        before: group,
        decision,
        calls: [],
        after,
        undo,
      },
    ],
  };
  const entry = (entryId: string, rest: object): SeenEntry => ({
    failoverId: id,
    entryId,
    at,
    ...rest,
  });
  return {
    failoverId: id,
    entries: [
      entry('claim', { executionArn: arnOf(id), failover }),
      entry('lock', { fencing: 1, targets }),
      entry('checks-before-approval', {
        checks: JSON.stringify([{ stepId: '1-1', isRefused: false }]),
      }),
      entry('before#1-1', {
        stepId: '1-1',
        kind: step.kind,
        before: group,
        decision,
        calls: [],
      }),
      entry('closed', record),
    ],
    report: JSON.parse(JSON.stringify({ failoverId: id, ...record })),
    hasMarkdown: true,
  };
}

function arnOf(id: string): string {
  return `arn:aws:states:us-east-1:123456789012:execution:dr-failover:${id}`;
}

const ENTRIES = ['claim', 'lock', 'check', 'before#1-1'];

/** The facts of a whole failover, in the order of their names; `change` is its call. */
function factsOf(id: string, order: readonly string[], from = 0): readonly Fact[] {
  return order.map((word, place): Fact => {
    const index = from + place + 1;
    switch (word) {
      case 'change':
        return {
          kind: 'change',
          index,
          call: 'autoscaling:SetDesiredCapacity',
          targets: [TARGET],
          executionArn: arnOf(id),
        };
      case 'check':
        return { kind: 'function', index, name: 'CheckStep', failoverId: id, outcome: undefined };
      case 'approve':
      case 'deny':
        return { kind: 'answered', index, failoverId: id, decision: word };
      case 'stop':
        return { kind: 'stopped', index, executionArn: arnOf(id) };
      default:
        return { kind: 'entry', index, failoverId: id, entryId: word };
    }
  });
}

const WHOLE = [...ENTRIES, 'change', 'closing', 'closed'];

function execution(id: string, rest: Partial<SeenExecution> = {}): SeenExecution {
  return {
    executionArn: arnOf(id),
    failoverId: id,
    status: 'SUCCEEDED',
    error: undefined,
    cause: undefined,
    output: { outcome: 'completed' },
    ...rest,
  };
}

function resources(sizes: {
  readonly desired: number;
  readonly max: number;
  readonly on?: boolean;
}) {
  const { desired, max, on = true } = sizes;
  const shown = { desired, min: 2, max, inService: desired, pending: 0 };
  return {
    rds: {
      regions: {
        'us-east-1': {
          clusters: {
            'web-data': { status: 'available', writer: { identifier: 'web-data-1' } },
          },
        },
      },
      globalClusters: {},
    },
    'auto-scaling': { 'us-east-1': { 'web-tier': shown } },
    'routing-control': {
      controlPanels: [{ routingControls: { east: on ? 'On' : 'Off', west: 'Off' } }],
    },
  } satisfies JsonObject;
}

function observed(rest: Partial<Observation> = {}): Observation {
  return {
    facts: factsOf('fo-1', WHOLE),
    executions: [execution('fo-1')],
    failovers: [seen('fo-1')],
    heldLocks: [],
    before: resources({ desired: 2, max: 6 }),
    after: resources({ desired: 10, max: 10 }),
    broken: [],
    remarks: [],
    ...rest,
  };
}

describe('checkRun()', () => {
  test('finds nothing wrong with a whole run', () => {
    expect(checkRun(observed())).toEqual([]);
  });

  test.each([
    ['claim', 'before it was claimed'],
    ['lock', 'before its lock was taken'],
    ['check', 'before its checks were made'],
    ['before#1-1', 'before what was there was written down'],
  ])('misses %s before a call', (entryId, wrong) => {
    const order = [...ENTRIES.filter((one) => one !== entryId), 'change', entryId, 'closed'];
    expect(checkRun(observed({ facts: factsOf('fo-1', order) }))).toContain(
      `fo-1 called autoscaling:SetDesiredCapacity ${wrong}`,
    );
  });

  test('knows no call of a dry run, of nobody, or on what is not locked', () => {
    expect(checkRun(observed({ failovers: [seen('fo-1', { kind: 'dry-run' })] }))).toContain(
      'fo-1 called autoscaling:SetDesiredCapacity as a dry run',
    );
    expect(checkRun(observed({ facts: factsOf('fo-2', WHOLE) }))).toContain(
      'autoscaling:SetDesiredCapacity was called by no failover',
    );
    expect(checkRun(observed({ failovers: [seen('fo-1', { targets: [PLAN] })] }))).toContain(
      `fo-1 called autoscaling:SetDesiredCapacity on ${TARGET}, which it had not locked`,
    );
  });

  test('lets no call pass without an approval and the checks after it, where one is required', () => {
    const failovers = [seen('fo-1', { isApprovalRequired: true })];
    const wrongsOf = (...words: readonly string[]) => {
      const order = [...ENTRIES.slice(0, 3), ...words, 'before#1-1', 'change', 'closing', 'closed'];
      return checkRun(observed({ failovers, facts: factsOf('fo-1', order) }));
    };
    const called = 'fo-1 called autoscaling:SetDesiredCapacity';
    expect(wrongsOf('check', 'approve', 'check')).toEqual([]);
    expect(wrongsOf('check')).toEqual([`${called} before an approval`]);
    expect(wrongsOf('check', 'approve')).toEqual([`${called} before its checks were made again`]);
    expect(wrongsOf('deny', 'check')).toEqual([`${called} although it was denied`]);
  });

  test('lets only a function that outlives a stopped run call late, and only what it had begun', () => {
    const facts = factsOf('fo-1', [...ENTRIES, 'stop', 'closing', 'change', 'closed']);
    const stopped = [execution('fo-1', { status: 'ABORTED', output: null })];
    const failovers = [seen('fo-1', { outcome: 'aborted' })];
    expect(checkRun(observed({ facts, executions: stopped, failovers }))).toEqual([]);
    expect(checkRun(observed({ facts }))).toContain(
      'fo-1 called autoscaling:SetDesiredCapacity while its end was written down',
    );
    const begunLate = [...ENTRIES.slice(0, 3), 'stop', 'closing', 'before#1-1', 'change', 'closed'];
    expect(
      checkRun(observed({ facts: factsOf('fo-1', begunLate), executions: stopped, failovers })),
    ).toEqual([
      'fo-1 called autoscaling:SetDesiredCapacity before what was there was written down',
    ]);
  });

  test('sees two failovers on one target', () => {
    const both = {
      failovers: [seen('fo-1'), seen('fo-2')],
      executions: [execution('fo-1'), execution('fo-2')],
    };
    const inTurn = [...factsOf('fo-1', WHOLE), ...factsOf('fo-2', WHOLE, 10)];
    const atOnce = [...factsOf('fo-1', WHOLE), ...factsOf('fo-2', WHOLE, 3.5)];
    expect(checkRun(observed({ ...both, facts: inTurn }))).toEqual([]);
    expect(checkRun(observed({ ...both, facts: atOnce }))).toEqual([
      `fo-2 and fo-1 had ${PLAN} at once`,
      `fo-2 and fo-1 had ${TARGET} at once`,
    ]);
  });

  test('misses an end: a free lock, an ended execution, a closing entry, both states, a report', () => {
    expect(checkRun(observed({ heldLocks: [TARGET] }))).toEqual([`The lock of ${TARGET} is held`]);
    expect(checkRun(observed({ executions: [execution('fo-1', { status: 'RUNNING' })] }))).toEqual([
      'fo-1 still runs',
    ]);
    const whole = seen('fo-1');
    const open = { ...whole, entries: whole.entries.slice(0, -1) };
    expect(checkRun(observed({ failovers: [open] }))).toContain('fo-1 is not closed');
    expect(checkRun(observed({ failovers: [seen('fo-1', { after: null })] }))).toEqual([
      'fo-1 is closed without before and after of step 1-1',
    ]);
    expect(checkRun(observed({ failovers: [{ ...whole, hasMarkdown: false }] }))).toEqual([
      'fo-1 has no report',
    ]);
    expect(
      checkRun(observed({ failovers: [{ ...whole, report: { failoverId: 'fo-1' } }] })),
    ).toEqual(['fo-1 has a report that differs from its closing entry']);
    expect(checkRun(observed({ failovers: [] }))).toContain('fo-1 ended, and no trail tells of it');
  });

  test('compares how an execution ended with what is recorded', () => {
    const wrongsOf = (rest: Partial<SeenExecution>, outcome: string) =>
      checkRun(
        observed({
          executions: [execution('fo-1', rest)],
          failovers: [
            seen('fo-1', { outcome, undo: { status: 'undone', at, detail: '', calls: [] } }),
          ],
          after: resources({ desired: 2, max: 6 }),
        }),
      );
    const failed = { status: 'FAILED', error: 'FailoverRolledBackError', output: null };
    expect(wrongsOf(failed, 'rolled-back')).toEqual([]);
    expect(wrongsOf(failed, 'completed')).toEqual([
      'fo-1 (FAILED) failed by FailoverRolledBackError, and completed is recorded',
    ]);
    expect(wrongsOf({ ...failed, error: 'States.Runtime', cause: 'x' }, 'failed')).toEqual([
      'fo-1 (FAILED) failed by States.Runtime: x',
    ]);
    expect(wrongsOf({}, 'aborted')).toEqual([
      'fo-1 (SUCCEEDED) says completed, and aborted is recorded',
    ]);
    expect(wrongsOf({ status: 'TIMED_OUT' }, 'completed')).toEqual([
      'fo-1 (TIMED_OUT) is recorded as completed',
    ]);
  });

  test('looks at the resources: sizes, writers, routing controls, and the rehearsal itself', () => {
    const undone = seen('fo-1', { outcome: 'rolled-back', undo: { status: 'undone' } });
    const rolledBack = {
      executions: [
        execution('fo-1', { status: 'FAILED', error: 'FailoverRolledBackError', output: null }),
      ],
      failovers: [undone],
    };
    expect(
      checkRun(observed({ ...rolledBack, after: resources({ desired: 4, max: 10 }) })),
    ).toEqual([`${TARGET} keeps MaxSize 10 in place of 6`]);
    expect(checkRun(observed({ ...rolledBack, after: resources({ desired: 8, max: 8 }) }))).toEqual(
      [],
    );
    expect(checkRun(observed({ after: resources({ desired: 1, max: 6 }) }))).toEqual([
      'us-east-1/web-tier was scaled in: 2 to 1',
      'us-east-1/web-tier lost instances: 2 to 1',
    ]);
    expect(checkRun(observed({ after: resources({ desired: 10, max: 10, on: false }) }))).toEqual([
      'No routing control is On',
    ]);
    const after = resources({ desired: 10, max: 10 });
    const cluster = after.rds.regions['us-east-1'].clusters;
    const without = { 'web-data': { ...cluster['web-data'], writer: null } };
    const regions = { 'us-east-1': { clusters: without } };
    expect(
      checkRun(observed({ after: { ...after, rds: { regions, globalClusters: {} } } })),
    ).toEqual(['web-data in us-east-1 is available with no writer']);
    expect(checkRun(observed({ remarks: ['A bug of the rehearsal: x'] }))).toEqual([
      'A bug of the rehearsal: x',
    ]);
  });
});
