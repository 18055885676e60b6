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
import { FakeLifecycleBackend } from '../s3-lifecycle-repair/fake-lifecycle-backend.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:s3-lifecycle-audit:e1';
const DAILY = { 'detail-type': 'Scheduled Event' };
const CHANGED = { 'detail-type': 'AWS API Call via CloudTrail' };
const AUDIT = '2026-11-22T03-00-00-1b9d6bcd';
const visited = new Set<string>();

/** 250 buckets in two parts: three batches. */
const PARTS: Readonly<Record<string, string>> = Object.fromEntries(
  [0, 1].map((part) => [
    `audits/${AUDIT}/buckets/00000${part}.jsonl`,
    Array.from({ length: 125 }, (_, i) =>
      JSON.stringify({ accountId: '123456789012', bucket: `b-${part}-${i}`, region: 'us-east-1' }),
    ).join('\n'),
  ]),
);

class FakeAuditBackend extends FakeLifecycleBackend {
  isEverything = true;
  listed = 250;
  isCovered = false;
  few: readonly JsonObject[] = [];
  newly = 3;
  announcements = 25;
  readonly batches: number[] = [];
  readonly written: string[] = [];

  constructor() {
    super({});
    this.answers = {
      PrepareAudit: () => ({
        isCovered: this.isCovered,
        auditId: AUDIT,
        scope: {},
        isEverything: this.isEverything,
        scopeSentence: 'all buckets',
        accounts: [{ accountId: '123456789012' }],
        policy: { version: 1, name: 'signalbox-default' },
      }),
      ListBuckets: (_, call) => ({
        cursor: { account: call, part: call, isDone: call > 0 || this.listed === 0 },
        listed: call === 0 ? this.listed : 0,
        few: this.few,
        unreadable: [],
      }),
      listObjectsV2: () => ({ Contents: Object.keys(PARTS).map((Key) => ({ Key })) }),
      getObject: ({ Key }) => ({ Body: PARTS[String(Key)] ?? '' }),
      putObject: ({ Key }) => {
        this.written.push(String(Key));
        return {};
      },
      AuditFewBuckets: () => ({ buckets: this.few.length, unknown: 0 }),
      AuditBuckets: ({ Items }) => {
        const buckets = Array.isArray(Items) ? Items.length : 0;
        this.batches.push(buckets);
        return { buckets, unknown: 0 };
      },
      SummariseAudit: () => ({
        reportKey: `audits/${AUDIT}/report.json`,
        audited: this.listed,
        verdicts: { COMPLIANT: 200, NON_COMPLIANT: 40, EXEMPT: 5, UNKNOWN: 5 },
        newly: this.newly,
        resolved: 1,
        announcements: this.announcements,
        monthlyMicroDollars: 1_000_000,
        notice: 'S3 lifecycle audit of all buckets: …',
      }),
      AnnounceFindings: ({ from }) => {
        const next = Number(from) + 10;
        return { from: next, isDone: next >= this.announcements };
      },
    };
  }
}

async function run(backend: FakeAuditBackend, event: Json = DAILY): Promise<FinishedRun> {
  const finished = await runDefinition('s3-lifecycle-audit', event, backend, EXECUTION);
  for (const state of finished.path) visited.add(state);
  return finished;
}

describe('an audit of everything', () => {
  test('lists, audits in batches, sums up, announces and tells', async () => {
    const backend = new FakeAuditBackend();

    const { path, answer } = await run(backend);

    expect(path).toEqual([
      'BeginAudit',
      'WhatStartedIt?',
      'PrepareAudit',
      'IsItAudited?',
      'ListBuckets',
      'AreAllListed?',
      'ListBuckets',
      'AreAllListed?',
      'AuditEveryBucket',
      'SummariseAudit',
      'IsAnythingNew?',
      'AnnounceFindings',
      'IsAllAnnounced?',
      'AnnounceFindings',
      'IsAllAnnounced?',
      'AnnounceFindings',
      'IsAllAnnounced?',
      'AnnounceCompleted',
      'IsWorthANotice?',
      'NotifyOperators',
      'AuditEnded?',
      'AuditCompleted',
    ]);
    expect(backend.batches).toEqual([100, 100, 50]);
    expect(answer).toMatchObject({
      kind: 'succeeded',
      output: { auditId: AUDIT, reportKey: `audits/${AUDIT}/report.json`, newly: 3 },
    });
    expect(backend.written.some((key) => key.startsWith(`audits/${AUDIT}/map/`))).toBe(true);
  });

  test('hands each batch the policy, and the same moment to all', async () => {
    const backend = new FakeAuditBackend();

    await run(backend);

    expect(backend.payloads.get('AuditBuckets')).toMatchObject({
      BatchInput: { auditId: AUDIT, scope: {}, policy: { version: 1 } },
    });
  });

  test('is announced as the contract says', async () => {
    const backend = new FakeAuditBackend();

    await run(backend);

    const schema = JSON.parse(readFileSync('events/lifecycle/audit-completed.schema.json', 'utf8'));
    const validate = new Ajv().compile(schema);
    const [entry] = backend.announced;
    validate({
      'detail-type': entry?.['DetailType'],
      source: entry?.['Source'],
      detail: entry?.['Detail'],
    });
    expect(validate.errors).toBeNull();
  });

  test('keeps what is found out of its state and history', async () => {
    const { history } = await run(new FakeAuditBackend());

    expect(history.length).toBeLessThan(120);
    expect(JSON.stringify(history)).not.toContain('b-0-1');
  });
});

describe('an audit of one bucket that changed', () => {
  test('waits until it has settled, and tells nobody where nothing is new', async () => {
    const backend = new FakeAuditBackend();
    backend.isEverything = false;
    [backend.newly, backend.announcements] = [0, 0];

    const { path, durationSeconds } = await run(backend, CHANGED);

    expect(path[2]).toBe('LetTheBucketSettle');
    expect(durationSeconds).toBeGreaterThanOrEqual(300);
    expect(path).not.toContain('AnnounceFindings');
    expect(backend.notices).toEqual([]);
  });
});

describe('an audit of few buckets', () => {
  const few = [{ accountId: '123456789012', bucket: 'logs', region: 'us-east-1' }];

  test('is one call, and no Map Run', async () => {
    const backend = new FakeAuditBackend();
    backend.few = few;

    const { path } = await run(backend, CHANGED);

    expect(path).toContain('AuditFewBuckets');
    expect(path).not.toContain('AuditEveryBucket');
    expect(backend.payloads.get('AuditFewBuckets')).toMatchObject({
      BatchInput: { auditId: AUDIT, policy: { version: 1 } },
      Items: few,
    });
  });

  test('leaves to the summary what fails for good', async () => {
    const backend = new FakeAuditBackend();
    backend.few = few;
    backend.faults = { AuditFewBuckets: { error: 'Sandbox.Timedout' } };

    const { path, answer } = await run(backend, CHANGED);

    expect(path).toContain('SummariseAudit');
    expect(answer.kind).toBe('succeeded');
  });

  test('ends where a later audit has seen the change', async () => {
    const backend = new FakeAuditBackend();
    backend.isCovered = true;

    const { path, answer } = await run(backend, CHANGED);

    expect(path.at(-1)).toBe('AlreadyAudited');
    expect(answer).toMatchObject({ kind: 'succeeded', output: { auditId: AUDIT } });
    expect(backend.calls).not.toContain('ListBuckets');
  });
});

describe('an audit that goes wrong', () => {
  test('sums up nothing where no bucket is listed', async () => {
    const backend = new FakeAuditBackend();
    backend.listed = 0;

    const { path } = await run(backend);

    expect(path).not.toContain('AuditEveryBucket');
    expect(path).toContain('SummariseAudit');
  });

  test('goes on where a batch fails for good, and leaves it to the summary', async () => {
    const backend = new FakeAuditBackend();
    let calls = 0;
    const { AuditBuckets: audit } = backend.answers;
    backend.answers = {
      ...backend.answers,
      AuditBuckets: (payload, call) => {
        calls += 1;
        const items = payload['Items'];
        const isSecond = Array.isArray(items) && items.length === 50;
        return isSecond ? { error: 'Sandbox.Timedout' } : (audit?.(payload, call) ?? {});
      },
    };

    const { answer } = await run(backend);

    expect(calls).toBe(9);
    expect(answer.kind).toBe('succeeded');
    expect(backend.notices).toHaveLength(1);
  });

  test.each(['listObjectsV2', 'putObject'])(
    'writes its report, and fails for all to see, where the Map cannot %s',
    async (action) => {
      const backend = new FakeAuditBackend();
      backend.answers = { ...backend.answers, [action]: () => ({ error: 'S3.AccessDenied' }) };

      const { path, answer } = await run(backend);

      expect(path).toEqual(expect.arrayContaining(['SummariseAudit', 'AnnounceCompleted']));
      expect(path.at(-1)).toBe('AuditFailed');
      expect(answer).toMatchObject({
        kind: 'failed',
        cause: expect.stringContaining('report.json'),
      });
    },
  );

  test.each(['PrepareAudit', 'ListBuckets', 'SummariseAudit'])(
    'tells the operators where %s fails for good',
    async (state) => {
      const backend = new FakeAuditBackend();
      backend.faults = { [state]: { error: 'Sandbox.Timedout' } };

      const { path, answer } = await run(backend);

      expect(path.slice(-2)).toEqual(['NotifyOfFailure', 'AuditFailed']);
      expect(answer).toMatchObject({ kind: 'failed', error: 'Sandbox.Timedout' });
    },
  );

  test.each([
    'PrepareAudit',
    'ListBuckets',
    'AuditBuckets',
    'SummariseAudit',
    'AnnounceFindings',
    'AnnounceCompleted',
    'NotifyOperators',
  ])('ends well where %s fails once', async (state) => {
    const backend = new FakeAuditBackend();
    backend.faults = { [state]: { error: 'Lambda.TooManyRequestsException', times: 1 } };

    expect((await run(backend)).answer.kind).toBe('succeeded');
  });

  test('fails where its findings could not be announced, and says what it can', async () => {
    const backend = new FakeAuditBackend();
    backend.faults = { AnnounceFindings: { error: 'BusUnavailableError' } };

    const { answer } = await run(backend);

    expect(backend.announced).toHaveLength(1);
    expect(answer).toMatchObject({ kind: 'failed', error: 'BusUnavailableError' });
  });

  test.each(['AnnounceCompleted', 'NotifyOperators'])('ends well without %s', async (state) => {
    const backend = new FakeAuditBackend();
    backend.faults = { [state]: { error: 'States.TaskFailed' } };

    expect((await run(backend)).answer.kind).toBe('succeeded');
  });

  test('fails all the same where nobody can be told', async () => {
    const backend = new FakeAuditBackend();
    backend.faults = {
      PrepareAudit: { error: 'InvalidLifecyclePolicyError' },
      NotifyOfFailure: { error: 'States.TaskFailed' },
    };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'failed', error: 'InvalidLifecyclePolicyError' });
    expect(backend.calls.filter((state) => state === 'PrepareAudit')).toHaveLength(1);
  });
});

describe('the definition', () => {
  const definition = readDefinition('s3-lifecycle-audit');
  const states: JsonObject =
    isJsonObject(definition) && isJsonObject(definition['States']) ? definition['States'] : {};

  afterAll(() => {
    expect([...visited].sort()).toEqual(Object.keys(states).sort());
  });

  test.each(Object.entries(states))('bounds %s in time, and retries with jitter', (_, state) => {
    if (!isJsonObject(state) || state['Type'] !== 'Task') return;
    expect(Number(state['TimeoutSeconds'])).toBeGreaterThan(0);
    const retriers = Array.isArray(state['Retry']) ? state['Retry'].filter(isJsonObject) : [];
    expect(retriers.length).toBeGreaterThan(0);
    for (const retrier of retriers) {
      if (retrier['MaxAttempts'] === 0) continue;
      expect(retrier).toMatchObject({
        JitterStrategy: 'FULL',
        MaxDelaySeconds: expect.any(Number),
      });
    }
  });
});
