import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import {
  type FinishedRun,
  readDefinition,
  runDefinition,
} from '../../tests/definitions/run-definition.ts';
import { longestSeconds } from '../../tests/definitions/time-budget.ts';
import { FakeLifecycleBackend } from './fake-lifecycle-backend.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:s3-lifecycle-repair:e1';
const requested: Json = JSON.parse(readFileSync('events/lifecycle/repair-requested.json', 'utf8'));
const WRITTEN = { 'detail-type': 'AWS API Call via CloudTrail' };
const PLACE = { accountId: '123456789012', bucket: 'example-web-logs', region: 'us-east-1' };
const BACKUP = 'lifecycle-backups/123456789012/example-web-logs/b.json';
const visited = new Set<string>();

class FakeRepairBackend extends FakeLifecycleBackend {
  plan: JsonObject = {
    kind: 'repair',
    needsApproval: false,
    approved: { ownRule: '{}', note: '', diff: '+ {}' },
  };
  /** The result of each call of ApplyRepair; the last goes on. */
  outcomes: readonly string[] = ['written'];
  verifications: readonly string[] = ['not-visible', 'compliant'];
  merge: JsonObject = { outcome: 'merged', place: PLACE, backupKey: BACKUP };

  constructor() {
    super({});
    this.answers = {
      PlanRepair: () => ({ place: PLACE, plan: this.plan, requestedBy: 'ada', reason: 'costs' }),
      RequestApproval: () => ({}),
      ApplyRepair: (_, call) => ({
        outcome: this.outcomes[Math.min(call, this.outcomes.length - 1)] ?? 'left',
        backupKey: BACKUP,
        why: 'nothing would change',
      }),
      VerifyRepair: (_, call) => ({
        verification: this.verifications[Math.min(call, this.verifications.length - 1)] ?? '',
      }),
      RestoreLifecycle: () => ({ outcome: 'restored', why: '' }),
      MergeLostRules: () => this.merge,
    };
  }
}

async function run(backend: FakeRepairBackend, event: Json = requested): Promise<FinishedRun> {
  const finished = await runDefinition('s3-lifecycle-repair', event, backend, EXECUTION);
  for (const state of finished.path) visited.add(state);
  return finished;
}

function contractErrors(backend: FakeRepairBackend): unknown {
  const schema = JSON.parse(readFileSync('events/lifecycle/repair-applied.schema.json', 'utf8'));
  const validate = new Ajv().compile(schema);
  const [entry] = backend.announced;
  validate({
    'detail-type': entry?.['DetailType'],
    source: entry?.['Source'],
    detail: entry?.['Detail'],
  });
  return validate.errors;
}

describe('a repair', () => {
  test('of a tagged bucket is written, seen and announced', async () => {
    const backend = new FakeRepairBackend();

    const { path, answer } = await run(backend);

    expect(path).toEqual([
      'BeginRepair',
      'WhatStartedIt?',
      'PlanRepair',
      'WhatIsPlanned?',
      'ApplyRepair',
      'IsApplied?',
      'LetItBecomeVisible',
      'VerifyRepair',
      'IsVerified?',
      'LetItBecomeVisible',
      'VerifyRepair',
      'IsVerified?',
      'AnnounceRepair',
      'RepairDone',
    ]);
    expect(answer).toMatchObject({ kind: 'succeeded', output: { status: 'REPAIRED' } });
    expect(contractErrors(backend)).toBeNull();
  });

  test('of any other bucket waits for a person, who sees the difference', async () => {
    const backend = new FakeRepairBackend();
    backend.plan = { ...backend.plan, needsApproval: true };

    const { path } = await run(backend);

    expect(path.slice(3, 6)).toEqual(['WhatIsPlanned?', 'RequestApproval', 'ApplyRepair']);
    expect(backend.payloads.get('RequestApproval')).toMatchObject({
      approvalId: 'lifecycle-test-1',
      subject: 'Repair the lifecycle of the bucket example-web-logs',
      detail: { diff: '+ {}', requestedBy: 'ada' },
    });
  });

  test.each([
    [{ kind: 'failed' as const, error: 'ApprovalDeniedError', cause: '{}' }, 'A person said no'],
    ['nobody' as const, 'Nobody answered within 86400 seconds'],
  ])('writes nothing where it is not approved: %j', async (approval, why) => {
    const backend = new FakeRepairBackend();
    backend.plan = { ...backend.plan, needsApproval: true };
    backend.approval = approval;

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'succeeded', output: { status: 'DECLINED', why } });
    expect(backend.calls).not.toContain('ApplyRepair');
  });

  test('is planned and asked for anew where it is not what was approved, at most three times', async () => {
    const backend = new FakeRepairBackend();
    backend.plan = { ...backend.plan, needsApproval: true };
    backend.outcomes = ['replan', 'written'];
    const contended = new FakeRepairBackend();
    contended.outcomes = ['replan'];

    const { answer } = await run(backend);
    const given = await run(contended);

    expect(answer).toMatchObject({ output: { status: 'REPAIRED' } });
    expect(backend.calls.filter((state) => state === 'RequestApproval')).toHaveLength(2);
    expect(given.answer).toMatchObject({ output: { status: 'NOTHING_TO_DO' } });
    expect(contended.calls.filter((state) => state === 'ApplyRepair')).toHaveLength(3);
  });

  test('does nothing where nothing is to be done', async () => {
    const backend = new FakeRepairBackend();
    backend.plan = { kind: 'nothing-to-do', why: 'The bucket is EXEMPT' };

    expect((await run(backend)).answer).toMatchObject({
      output: { status: 'NOTHING_TO_DO', why: 'The bucket is EXEMPT' },
    });
  });

  test('gives way to a lifecycle that somebody put later', async () => {
    const backend = new FakeRepairBackend();
    backend.verifications = ['not-visible'];

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'succeeded', output: { status: 'SUPERSEDED' } });
    expect(backend.calls.filter((state) => state === 'VerifyRepair')).toHaveLength(20);
  });

  test('is taken back where it does not hold what it promised', async () => {
    const backend = new FakeRepairBackend();
    backend.verifications = ['not-compliant'];

    const { path, answer } = await run(backend);

    expect(path.slice(-3)).toEqual(['RestoreLifecycle', 'NotifyOfFailure', 'RepairFailed']);
    expect(answer).toMatchObject({ kind: 'failed', error: 'RepairNotCompliantError' });
  });

  test('waits for its turn while another is at the bucket', async () => {
    const backend = new FakeRepairBackend();
    backend.faults = { ApplyRepair: { error: 'BucketLockedError', times: 8 } };

    expect((await run(backend)).answer).toMatchObject({ output: { status: 'REPAIRED' } });
  });

  test('is not tried again where S3 refuses it', async () => {
    const backend = new FakeRepairBackend();
    backend.faults = { ApplyRepair: { error: 'RepairRefusedError' } };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'failed', error: 'RepairRefusedError' });
    expect(backend.calls.filter((state) => state === 'ApplyRepair')).toHaveLength(1);
    expect(backend.notices).toHaveLength(1);
  });

  test.each(['PlanRepair', 'RequestApproval', 'ApplyRepair', 'VerifyRepair', 'RestoreLifecycle'])(
    'tells the operators where %s fails for good',
    async (state) => {
      const backend = new FakeRepairBackend();
      backend.plan = { ...backend.plan, needsApproval: true };
      backend.verifications = ['not-compliant'];
      backend.faults = { [state]: { error: 'Sandbox.Timedout' } };

      const { path, answer } = await run(backend);

      expect(path.slice(-2)).toEqual(['NotifyOfFailure', 'RepairFailed']);
      expect(answer).toMatchObject({ kind: 'failed', error: 'Sandbox.Timedout' });
    },
  );

  test.each(['AnnounceRepair', 'NotifyOfFailure'])('stands without %s', async (state) => {
    const backend = new FakeRepairBackend();
    backend.faults = { [state]: { error: 'States.TaskFailed' } };

    expect((await run(backend)).answer).toMatchObject({ output: { status: 'REPAIRED' } });
  });
});

describe('what a repair has overtaken', () => {
  test('is merged back once writes have settled, and announced', async () => {
    const backend = new FakeRepairBackend();

    const { path, answer, durationSeconds } = await run(backend, WRITTEN);

    expect(path.slice(2)).toEqual([
      'LetWritesSettle',
      'MergeLostRules',
      'IsAnythingMerged?',
      'AnnounceMerge',
      'RulesMerged',
    ]);
    expect(durationSeconds).toBeGreaterThanOrEqual(300);
    expect(answer).toMatchObject({ output: { status: 'MERGED' } });
    expect(contractErrors(backend)).toBeNull();
  });

  test.each(['ours', 'nothing-lost'])('is nothing where the write is %s', async (outcome) => {
    const backend = new FakeRepairBackend();
    backend.merge = { outcome };

    expect((await run(backend, WRITTEN)).answer).toMatchObject({
      output: { status: 'NOTHING_LOST' },
    });
  });

  test('is an alarm where the record cannot be read', async () => {
    const backend = new FakeRepairBackend();
    backend.merge = { outcome: 'unreadable' };

    expect((await run(backend, WRITTEN)).answer).toMatchObject({ error: 'UnreadableRecord' });
  });

  test('is an alarm where it cannot be merged', async () => {
    const backend = new FakeRepairBackend();
    backend.faults = {
      MergeLostRules: { error: 'RepairRefusedError' },
      NotifyOfFailure: { error: 'States.TaskFailed' },
    };

    expect((await run(backend, WRITTEN)).answer).toMatchObject({ error: 'RepairRefusedError' });
  });

  test('is merged, even where nobody can be told', async () => {
    const backend = new FakeRepairBackend();
    backend.faults = { AnnounceMerge: { error: 'States.TaskFailed' } };

    expect((await run(backend, WRITTEN)).answer).toMatchObject({ output: { status: 'MERGED' } });
  });
});

describe('the definition', () => {
  const definition = readDefinition('s3-lifecycle-repair');
  const states: JsonObject =
    isJsonObject(definition) && isJsonObject(definition['States']) ? definition['States'] : {};

  afterAll(() => {
    expect([...visited].sort()).toEqual(Object.keys(states).sort());
  });

  test('refuses an event that asks for nothing', async () => {
    expect((await run(new FakeRepairBackend(), {})).answer).toMatchObject({
      kind: 'failed',
      error: 'InvalidAuditRequestError',
    });
  });

  test('has time for three rounds of all that it does, and for twenty looks', () => {
    const once = longestSeconds(definition, { RequestApproval: 86_400 });
    const limit = isJsonObject(definition) ? Number(definition['TimeoutSeconds']) : 0;

    expect(3 * once + 20 * (15 + 40)).toBeLessThan(limit);
  });
});
