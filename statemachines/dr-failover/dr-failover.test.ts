import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { Fault } from '../../tests/definitions/faults.ts';
import {
  type FinishedRun,
  readDefinition,
  runDefinition,
} from '../../tests/definitions/run-definition.ts';
import { longestSeconds } from '../../tests/definitions/time-budget.ts';
import { FakeFailoverBackend } from './fake-failover-backend.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:dr-failover:e1';
const event: JsonObject = JSON.parse(
  readFileSync('events/failover/failover-requested.json', 'utf8'),
);
const visited = new Set<string>();

function step(stepId: string): JsonObject {
  return { stepId, kind: 'auto-scaling-group', timeoutSeconds: 300, waitSeconds: 10 };
}

const failover: JsonObject = {
  failoverId: 'fo-1',
  scenario: 'region',
  mode: 'graceful',
  kind: 'real',
  origin: 'operator',
  isAutomatic: false,
  reason: 'The Region fails',
  requestedBy: 'ada',
  detectedAt: '2026-11-22T09:30:00.000Z',
  plan: 'web-platform',
  objectives: { recoveryTimeSeconds: 900, recoveryPointSeconds: 60 },
  cooldownMinutes: 60,
  approval: { isRequired: false, timeoutSeconds: 900 },
  verification: { alarms: ['web'], timeoutSeconds: 600 },
  targets: ['plan:web-platform'],
  waves: [
    { name: 'database', steps: [step('1-1')] },
    { name: 'application', steps: [step('2-1'), step('2-2')] },
    { name: 'traffic', steps: [step('3-1')] },
  ],
};
const withApproval = { ...failover, approval: { isRequired: true, timeoutSeconds: 900 } };

async function run(backend: FakeFailoverBackend): Promise<FinishedRun> {
  const finished = await runDefinition('dr-failover', event, backend, EXECUTION);
  for (const state of finished.path) visited.add(state);
  return finished;
}

/** The traces that no run may leave, once the rule on its end has done its part if it failed. */
function wrongsOf(
  backend: FakeFailoverBackend,
  { answer, isAborted }: FinishedRun,
): readonly string[] {
  if (isAborted || answer.kind === 'failed') backend.closeByRule(EXECUTION);
  return [
    ...backend.wrongs,
    ...(backend.holder === undefined ? [] : ['The lock is held']),
    ...(backend.closings.length === 1 || !backend.isClaimed ? [] : ['The trail is not closed']),
  ];
}

function fault(state: string, when: Fault['when'], error?: string, attempts?: number): Fault {
  return { state, when, ...(error ? { error } : {}), ...(attempts ? { attempts } : {}) };
}

function statesOf(
  value: Json = readDefinition('dr-failover'),
): readonly (readonly [string, JsonObject])[] {
  const states = isJsonObject(value) ? value['States'] : undefined;
  return Object.entries(isJsonObject(states) ? states : {}).flatMap(([name, state]) => {
    if (!isJsonObject(state)) return [];
    return [[name, state] as const, ...statesOf(state['ItemProcessor'] ?? {})];
  });
}

function tasks(): readonly string[] {
  return statesOf().flatMap(([name, { Type: type }]) => (type === 'Task' ? [name] : []));
}

describe('a failover', () => {
  test('takes its waves in order, verifies, and is closed', async () => {
    const backend = new FakeFailoverBackend(failover);

    const finished = await run(backend);

    expect(finished.path.filter((name) => !/Step|Wave|Look/.test(name))).toEqual([
      'PrepareFailover',
      'IsToStart?',
      'AcquireLock',
      'IsOurs?',
      'IsApproved?',
      'RecordChecks',
      'MayBegin?',
      'BeginRun',
      'AnnounceStarted',
      'AnnounceSwitched',
      'VerifyApplication',
      'IsVerified?',
      'CloseFailover',
      'HowItEnds?',
      'AnnounceCompleted',
      'NotifyEnd',
      'HowItEnded?',
      'FailoverCompleted',
    ]);
    expect(backend.deeds.map(({ stepId }) => stepId)).toEqual(['1-1', '2-1', '2-2', '3-1']);
    expect(finished.answer).toEqual({
      kind: 'succeeded',
      output: {
        failoverId: 'fo-1',
        outcome: 'completed',
        recoveryTimeSeconds: 42,
        recoveryPointSeconds: 0,
        breaches: [],
        report: 'failovers/fo-1/report.json',
      },
    });
    expect(backend.notes).toEqual(['checks-before-approval']);
    expect(backend.notices).toEqual([
      'Failover fo-1 of region (real, graceful) is done, and the application is well. The recovery took 42 s, of at most 900 s; 0 s of data may be lost. Report: s3://reports/failovers/fo-1/report.md (what to do: docs/runbooks/failovers.md#how-it-ended)',
    ]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test('tells its times, and is announced as the contracts say', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '1-1': { looks: 3 } };
    backend.isHealthy = 2;

    await run(backend);

    expect(backend.closings[0]).toMatchObject({
      outcome: 'completed',
      failure: null,
      phases: {
        approvedAt: null,
        startedAt: '2026-11-22T09:30:00.000Z',
        switchedAt: '2026-11-22T09:30:50.000Z',
        verifiedAt: '2026-11-22T09:31:05.000Z',
      },
    });
    expect(backend.announced.map(({ DetailType: type }) => type)).toEqual([
      'FailoverStarted',
      'FailoverSwitched',
      'FailoverCompleted',
    ]);
    expect(problemsOf(backend.announced)).toEqual([]);
  });

  test('does not wait for a step that has nothing to do', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = Object.fromEntries(
      ['1-1', '2-1', '2-2', '3-1'].map((id) => [id, { looks: 0 }]),
    );

    const { durationSeconds, answer } = await run(backend);

    expect(answer.kind).toBe('succeeded');
    expect(durationSeconds).toBe(0);
  });
});

describe('what keeps a run from beginning', () => {
  test.each([
    ['suppressed', 'FailoverSuppressed'],
    ['cooling-down', 'FailoverCoolingDown'],
  ] as const)('%s ends well, and is written down', async (outcome, last) => {
    const backend = new FakeFailoverBackend(failover);
    if (outcome === 'suppressed') backend.decision = outcome;
    else backend.acquisition = outcome;

    const finished = await run(backend);

    expect(finished.path.at(-1)).toBe(last);
    expect(backend.closings).toMatchObject([{ outcome }]);
    expect(backend.announced).toEqual([]);
    expect(backend.deeds).toEqual([]);
  });

  test('an event that comes again ends well and does nothing', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.acquisition = 'duplicate';

    const { path, answer } = await run(backend);

    expect(path.at(-1)).toBe('DuplicateFailover');
    expect(answer).toMatchObject({ output: { outcome: 'duplicate' } });
    expect(backend.calls).toEqual(['PrepareFailover', 'AcquireLock']);
  });

  test('a lock that another run holds refuses this one, and stays the other’s', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.holder = 'arn:other';

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'failed', error: 'FailoverLockedError' });
    expect(backend.holder).toBe('arn:other');
    expect(backend.closings).toMatchObject([{ outcome: 'locked' }]);
    expect(backend.deeds).toEqual([]);
    expect(problemsOf(backend.announced)).toEqual([]);
  });

  test('a failed pre-check names itself, and touches nothing', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '2-1': { isRefused: true } };

    const finished = await run(backend);

    expect(finished.answer).toEqual({
      kind: 'failed',
      error: 'PreCheckFailedError',
      cause: 'Step 2-1, max-size: MaxSize 6 for 10',
    });
    expect(backend.deeds).toEqual([]);
    expect(wrongsOf(backend, finished)).toEqual([]);
    expect(problemsOf(backend.announced)).toEqual([]);
  });

  test('a run whose reason does not stand is suppressed, and ends well', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '1-1': { isRefused: true } };
    backend.refusalLevel = 'reason';

    const finished = await run(backend);

    expect(finished.path.at(-1)).toBe('FailoverSuppressed');
    expect(finished.answer).toEqual({
      kind: 'succeeded',
      output: { failoverId: 'fo-1', outcome: 'suppressed', reason: 'MaxSize 6 for 10' },
    });
    expect(backend.announced).toEqual([]);
    expect(backend.deeds).toEqual([]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test.each(['InvalidFailoverRequestError', 'UnknownScenarioError', 'InvalidPlanError'])(
    '%s is told at once, and left to the rule',
    async (error) => {
      const backend = new FakeFailoverBackend(failover, fault('PrepareFailover', 'before', error));

      const { path, answer } = await run(backend);

      expect(path).toEqual(['PrepareFailover', 'RequestRejected']);
      expect(answer).toEqual({ kind: 'failed', error, cause: 'It went wrong' });
      expect(backend.calls).toEqual(['PrepareFailover']);
    },
  );

  test('a dry run ends with its checks and its calls, and changes nothing', async () => {
    const backend = new FakeFailoverBackend({ ...failover, kind: 'dry-run' });
    backend.steps = { '2-1': { isRefused: true } };

    const { path, answer } = await run(backend);

    expect(path.at(-1)).toBe('DryRunReported');
    expect(answer).toMatchObject({ output: { outcome: 'dry-run', wouldBegin: false } });
    expect(answer).toMatchObject({
      output: {
        checks: [{ stepId: '1-1', calls: [{ action: 'SetDesiredCapacity' }] }, {}, {}, {}],
      },
    });
    expect(backend.deeds).toEqual([]);
    expect(backend.holder).toBeUndefined();
  });
});

describe('an approval', () => {
  test('lets the run begin, after its checks have passed again', async () => {
    const backend = new FakeFailoverBackend(withApproval);

    const finished = await run(backend);

    expect(finished.answer.kind).toBe('succeeded');
    expect(finished.path.lastIndexOf('CheckSteps')).toBeGreaterThan(
      finished.path.indexOf('RequestApproval'),
    );
    expect(backend.closings[0]).toMatchObject({
      approval: { decision: 'approve', approver: 'grace', comment: 'Go' },
      phases: { approvedAt: '2026-11-22T09:30:00.000Z' },
    });
    expect(backend.notes).toContain('approval');
    expect(wrongsOf(backend, finished)).toEqual([]);
    expect(problemsOf(backend.announced)).toEqual([]);
  });

  test('that comes when the plan no longer fits does not let it begin', async () => {
    const backend = new FakeFailoverBackend(withApproval);
    backend.beforeCall = (state) => {
      if (state === 'RequestApproval') backend.steps = { '1-1': { isRefused: true } };
    };

    const finished = await run(backend);

    expect(finished.answer).toMatchObject({ error: 'PreCheckFailedError' });
    expect(finished.path.lastIndexOf('MayBegin?')).toBeGreaterThan(
      finished.path.indexOf('RequestApproval'),
    );
    expect(backend.deeds).toEqual([]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test('that is denied ends it, with who and why', async () => {
    const backend = new FakeFailoverBackend(withApproval);
    const decision = { approver: 'grace', comment: 'Not now', decidedAt: '2026-11-22T09:31:00Z' };
    backend.answer = {
      kind: 'failed',
      error: 'ApprovalDeniedError',
      cause: JSON.stringify(decision),
    };

    const finished = await run(backend);

    expect(finished.answer).toMatchObject({ kind: 'failed', error: 'ApprovalDeniedError' });
    expect(backend.closings).toMatchObject([
      { outcome: 'denied', approval: { decision: 'deny', ...decision } },
    ]);
    expect(backend.deeds).toEqual([]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test('that nobody gives is a denial', async () => {
    const backend = new FakeFailoverBackend(withApproval);
    backend.answer = 'nobody';

    const finished = await run(backend);

    expect(finished.answer).toEqual({
      kind: 'failed',
      error: 'ApprovalTimedOut',
      cause: 'Nobody answered the request for approval within 900 seconds',
    });
    expect(finished.durationSeconds).toBe(900);
    expect(backend.closings).toMatchObject([
      { outcome: 'denied', approval: { decision: 'unanswered' } },
    ]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });
});

describe('a run that fails', () => {
  test('in its second wave undoes the waves backwards, and begins no third', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '2-2': { looks: Number.POSITIVE_INFINITY } };

    const finished = await run(backend);

    expect(finished.answer).toEqual({
      kind: 'failed',
      error: 'FailoverRolledBackError',
      cause:
        'WaveFailedError: Wave application: step 2-2 failed, Not done within 300 seconds: Look 30',
    });
    expect(backend.deeds).toEqual([
      { what: 'start', stepId: '1-1' },
      { what: 'start', stepId: '2-1' },
      { what: 'start', stepId: '2-2' },
      { what: 'undo', stepId: '2-1' },
      { what: 'undo', stepId: '2-2' },
      { what: 'undo', stepId: '1-1' },
    ]);
    expect(finished.durationSeconds).toBe(310);
    expect(backend.closings).toMatchObject([{ outcome: 'rolled-back' }]);
    expect(problemsOf(backend.announced)).toEqual([]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test('and cannot undo everything calls for a person', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '1-1': { undo: 'kept' }, '2-2': { looks: Number.POSITIVE_INFINITY } };

    const finished = await run(backend);

    expect(finished.answer).toMatchObject({ kind: 'failed', error: 'FailoverNeedsPersonError' });
    expect(backend.closings).toMatchObject([{ outcome: 'needs-person' }]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test('undoes for two minutes at most', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '1-1': { looks: Number.POSITIVE_INFINITY, undo: 'pending' } };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ error: 'FailoverNeedsPersonError' });
    expect(backend.calls.filter((name) => name === 'UndoStep')).toHaveLength(15);
  });

  test('because the application is not well is undone after its time', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.isHealthy = false;

    const finished = await run(backend);

    expect(finished.answer).toEqual({
      kind: 'failed',
      error: 'FailoverRolledBackError',
      cause:
        'VerificationFailedError: The application is not well 600 seconds after the switch: web is ALARM',
    });
    expect(finished.durationSeconds).toBe(630);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test('because its lock went to another undoes nothing', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.beforeCall = (state) => {
      if (state === 'ObserveStep') backend.holder = 'arn:other';
    };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({
      error: 'FailoverNeedsPersonError',
      cause: 'WaveFailedError: Wave database: step 1-1 failed, LockLostError',
    });
    expect(backend.deeds).toEqual([{ what: 'start', stepId: '1-1' }]);
    expect(backend.holder).toBe('arn:other');
  });

  test('lets the other steps of its wave come to their end first', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '2-1': { looks: 5 } };
    const starts: string[] = [];
    backend.beforeCall = (state) => {
      if (state === 'StartStep') starts.push(state);
      backend.faults =
        starts.length === 3 ? [fault('StartStep', 'before', 'StepRefusedError')] : [];
    };

    const finished = await run(backend);

    expect(finished.answer).toMatchObject({
      cause:
        'WaveFailedError: Wave application: step 2-2 failed, StepRefusedError: {"errorType":"StepRefusedError","errorMessage":"It went wrong","trace":[]}',
    });
    expect(finished.durationSeconds).toBe(60);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });
});

/** A step that takes two thirds of its time. */
const SLOW = { looks: 20 };

describe('a step that takes long', () => {
  const slowTold = (backend: FakeFailoverBackend) =>
    backend.announced.filter(({ DetailType }) => DetailType === 'FailoverStepSlow');

  test('is told of once, when half of its time is over', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '1-1': SLOW };

    const finished = await run(backend);

    expect(finished.path.at(-1)).toBe('FailoverCompleted');
    expect(slowTold(backend)).toMatchObject([
      { Detail: { stepId: '1-1', stepKind: 'auto-scaling-group', timeoutSeconds: 300 } },
    ]);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test('is not told of where it is done sooner', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '1-1': { looks: 14 } };

    await run(backend);

    expect(slowTold(backend)).toEqual([]);
  });

  test('is started anew where an operator wants it ungraceful, and that has more to call', async () => {
    const backend = new FakeFailoverBackend(failover);
    backend.steps = { '1-1': { looks: 6, restartsAt: 3 } };
    const startsOf = ({ calls }: FakeFailoverBackend) =>
      calls.filter((name) => name === 'StartStep').length;
    const usual = new FakeFailoverBackend(failover);
    await run(usual);

    const finished = await run(backend);

    expect(startsOf(backend)).toBe(startsOf(usual) + 1);
    expect(finished.path.at(-1)).toBe('FailoverCompleted');
    expect(wrongsOf(backend, finished)).toEqual([]);
  });
});

describe('a fault', () => {
  const notices = tasks().filter((name) => /^(Announce|Notify|Record)/.test(name));

  test.each(notices)('in %s never stops a recovery', async (state) => {
    const backend = new FakeFailoverBackend(
      state === 'AnnounceFailed' ? { ...failover, scenario: 'x' } : withApproval,
      fault(state, 'hang'),
    );
    if (state === 'AnnounceFailed') backend.steps = { '1-1': { isRefused: true } };
    if (state === 'AnnounceStepSlow') backend.steps = { '1-1': SLOW };

    const finished = await run(backend);

    expect(finished.path).toContain(state);
    expect(finished.path.at(-1)).toBe(
      state === 'AnnounceFailed' ? 'FailoverRefused' : 'FailoverCompleted',
    );
    expect(finished.durationSeconds).toBeLessThan(state === 'AnnounceStepSlow' ? 260 : 60);
    expect(wrongsOf(backend, finished)).toEqual([]);
  });

  test.each(
    tasks().flatMap((state) =>
      (['before', 'after', 'hang'] as const).map((when) => [state, when] as const),
    ),
  )(
    'in %s (%s) leaves the lock free, the trail closed and nothing done out of turn',
    async (state, when) => {
      const backend = new FakeFailoverBackend(withApproval, fault(state, when, 'SomeError'));
      if (state === 'UndoStep') backend.isHealthy = false;
      if (state === 'AnnounceStepSlow') backend.steps = { '1-1': SLOW };

      const finished = await run(backend);

      expect(wrongsOf(backend, finished)).toEqual([]);
    },
  );

  test.each(
    tasks().flatMap((state) =>
      (['abort', 'abort-after'] as const).map((when) => [state, when] as const),
    ),
  )(
    'an operator who stops it in %s (%s) leaves the lock free and the trail closed',
    async (state, when) => {
      const backend = new FakeFailoverBackend(withApproval, fault(state, when));
      if (state === 'UndoStep') backend.isHealthy = false;
      if (state === 'AnnounceFailed') backend.steps = { '1-1': { isRefused: true } };
      if (state === 'AnnounceStepSlow') backend.steps = { '1-1': SLOW };

      const finished = await run(backend);

      expect(finished.isAborted).toBe(true);
      expect(wrongsOf(backend, finished)).toEqual([]);
    },
  );

  test.each(['StartStep', 'ObserveStep', 'VerifyApplication', 'CloseFailover', 'AcquireLock'])(
    'in %s that passes is survived',
    async (state) => {
      const backend = new FakeFailoverBackend(failover, fault(state, 'after', 'SomeError', 1));

      const finished = await run(backend);

      expect(finished.answer.kind).toBe('succeeded');
      expect(backend.deeds).toHaveLength(4);
      expect(wrongsOf(backend, finished)).toEqual([]);
    },
  );

  test('that keeps the end from being written hands on all that the rule needs', async () => {
    const backend = new FakeFailoverBackend(
      failover,
      fault('CloseFailover', 'before', 'SomeError'),
    );

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'failed', error: 'FailoverNotClosedError' });
    const cause = answer.kind === 'failed' ? (answer.cause ?? '') : '';
    expect(JSON.parse(cause)).toMatchObject({
      failoverId: 'fo-1',
      executionArn: EXECUTION,
      outcome: 'completed',
      failure: null,
      phases: { approvedAt: null, startedAt: '2026-11-22T09:30:00.000Z' },
    });
  });
});

describe('the definition', () => {
  test('has a time-out and retries on every task, and a catch where something must be undone', () => {
    for (const [name, state] of statesOf()) {
      if (state['Type'] !== 'Task') continue;
      const has = ['TimeoutSeconds', 'Retry'].filter((field) => field in state);
      expect({ name, has }).toEqual({ name, has: ['TimeoutSeconds', 'Retry'] });
      const isChecked = name.startsWith('CheckStep'); // the Map around it catches
      expect({ name, catches: 'Catch' in state }).toEqual({ name, catches: !isChecked });
    }
  });

  test('ends in time: its TimeoutSeconds covers everything that it may wait for', () => {
    const definition = readDefinition('dr-failover');
    const outside = longestSeconds(definition, { RequestApproval: 86_400 });
    const checks = 2 * 6 * (5 * 35 + 15);
    const waves = 7_200 + 6 * 2 * (3 * 35 + 3);
    const verification = 1_200;
    const rollback = 6 * 12 * (3 * 35 + 3 + 10);

    const longest = outside + checks + waves + verification + rollback;

    const timeout = isJsonObject(definition) ? Number(definition['TimeoutSeconds']) : 0;
    expect(timeout).toBeGreaterThanOrEqual(longest);
    expect(timeout - longest).toBeLessThan(5_000);
  });

  afterAll(() => {
    const states = statesOf().map(([name]) => name);
    expect(states.filter((name) => !visited.has(name))).toEqual([]);
  });
});

/** The violations of announced events' contracts. */
function problemsOf(announced: readonly JsonObject[]): readonly Json[] {
  const ajv = new Ajv({ allErrors: true });
  return announced.flatMap(({ DetailType: type, Source: source, Detail: detail }) => {
    const name = String(type)
      .replace(/(?!^)([A-Z])/g, '-$1')
      .toLowerCase();
    const validate = ajv.compile(
      JSON.parse(readFileSync(`events/failover/${name}.schema.json`, 'utf8')),
    );
    validate({ 'detail-type': type, source, detail });
    return (validate.errors ?? []).map(
      ({ instancePath, message = '' }) => `${name}${instancePath} ${message}`,
    );
  });
}
