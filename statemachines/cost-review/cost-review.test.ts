import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { TaskRequest } from '../../packages/signalbox/src/states-language/ports.ts';
import type { TaskResult } from '../../packages/signalbox/src/states-language/task-result.ts';
import {
  type FakeBackend,
  type FinishedRun,
  readDefinition,
  runDefinition,
} from '../../tests/definitions/run-definition.ts';
import { lambda } from '../../tests/definitions/task-answers.ts';
import { longestSeconds } from '../../tests/definitions/time-budget.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:cost-review:e1';
const event: JsonObject = JSON.parse(
  readFileSync('events/costs/cost-review-requested.json', 'utf8'),
);
const completed = JSON.parse(readFileSync('events/costs/cost-review-completed.json', 'utf8'));
const visited = new Set<string>();

const REVIEW = {
  reviewId: '2026-10/unblended-cost',
  month: '2026-10',
  excludes: ['Credit'],
  refresh: false,
};
const QUERIES = [
  { name: 'by-service', isRequired: true },
  { name: 'forecast', isRequired: false },
  { name: 'by-record-type', isRequired: false },
];
const { report: _, costMetric, reviewId: __, ...detail } = completed.detail;
const SUMMARY = {
  ...detail,
  metric: costMetric,
  headline: '2026-10 cost 6512.41 USD',
  findings: detail.findings.slice(0, 1),
  reportKey: 'costs/2026-10/unblended-cost',
};

type Work = (payload: JsonObject, input: JsonObject) => TaskResult;

/** The promises of a review's functions and services, in as few lines. */
class FakeReviewBackend implements FakeBackend {
  outcome = 'claimed';
  queries: Json = QUERIES;
  /** Calls that each question takes. */
  callsNeeded: Readonly<Record<string, number>> = {};
  /** The error of a state, or of a state and question such as `FetchCosts forecast`. */
  errors: Readonly<Record<string, { readonly error: string; readonly times?: number }>> = {};
  status = 'NONE';
  readonly calls: string[] = [];
  readonly announced: JsonObject[] = [];
  readonly parked: JsonObject[] = [];
  readonly notices: JsonObject[] = [];
  readonly payloads = new Map<string, JsonObject>();
  readonly #failures = new Map<string, number>();

  async perform({ stateName, parameters }: TaskRequest): Promise<TaskResult> {
    const input = isJsonObject(parameters) ? parameters : {};
    const payload = isJsonObject(input['Payload']) ? input['Payload'] : {};
    const query = isJsonObject(payload['query']) ? ` ${payload['query']['name']}` : '';
    const call = `${stateName}${query}`;
    this.calls.push(call);
    this.payloads.set(stateName, payload);
    const fault = this.errors[call] ?? this.errors[stateName];
    const failures = this.#failures.get(call) ?? 0;
    if (fault !== undefined && failures < (fault.times ?? Number.POSITIVE_INFINITY)) {
      this.#failures.set(call, failures + 1);
      const cause = JSON.stringify({ errorType: fault.error, errorMessage: 'It went wrong' });
      return { kind: 'failed', error: fault.error, cause };
    }
    const work = this.#tasks[stateName];
    if (work === undefined) throw new Error(`No task "${stateName}" in the model`);
    return work(payload, input);
  }

  async answerToken(): Promise<TaskResult> {
    throw new Error('A review waits for nobody');
  }

  readonly #tasks: Readonly<Record<string, Work>> = {
    BeginReview: () => {
      if (this.outcome === 'claimed') this.status = 'RUNNING';
      return lambda({ outcome: this.outcome, review: REVIEW, queries: this.queries });
    },
    FetchCosts: ({ query }) => {
      const { name = '', isRequired = false } = isJsonObject(query) ? query : {};
      const made = this.calls.filter((call) => call === `FetchCosts ${name}`).length;
      const isComplete = made >= (this.callsNeeded[String(name)] ?? 1);
      return lambda({ name, isRequired, isComplete, paidRequests: 1 });
    },
    BuildReport: () => lambda({ summary: SUMMARY }),
    CompleteReview: () => {
      this.status = 'COMPLETED';
      return lambda({ completed: true });
    },
    AnnounceCompleted: (_, { Entries: entries }) => {
      const [entry] = Array.isArray(entries) ? entries : [];
      if (isJsonObject(entry)) this.announced.push(entry);
      return { kind: 'succeeded', output: { FailedEntryCount: 0 } };
    },
    ParkAnnouncement: (_, { MessageBody: body }) => {
      if (isJsonObject(body)) this.parked.push(body);
      return { kind: 'succeeded', output: {} };
    },
    NotifyOperators: (_, input) => {
      this.notices.push(input);
      return { kind: 'succeeded', output: { MessageId: '1' } };
    },
    RecordFailure: () => {
      this.status = 'FAILED';
      return { kind: 'succeeded', output: {} };
    },
  };
}

async function run(backend: FakeReviewBackend, input: JsonObject = event): Promise<FinishedRun> {
  const finished = await runDefinition('cost-review', input, backend, EXECUTION);
  for (const state of finished.path) visited.add(state);
  return finished;
}

describe('a cost review', () => {
  test('asks every question, reports, announces and notifies', async () => {
    const backend = new FakeReviewBackend();

    const { answer } = await run(backend);

    expect(answer).toEqual({
      kind: 'succeeded',
      output: {
        reviewId: '2026-10/unblended-cost',
        outcome: 'reviewed',
        breaches: 2,
        reportKey: 'costs/2026-10/unblended-cost',
      },
    });
    expect(backend.calls.filter((call) => call.startsWith('FetchCosts')).sort()).toEqual([
      'FetchCosts by-record-type',
      'FetchCosts by-service',
      'FetchCosts forecast',
    ]);
    expect(backend.payloads.get('BuildReport')).toMatchObject({ failed: [], queries: QUERIES });
    expect(backend.status).toBe('COMPLETED');
  });

  test('hands the request on as it came, and a lease as long as its own time-out', async () => {
    const backend = new FakeReviewBackend();

    await run(backend);

    expect(backend.payloads.get('BeginReview')).toMatchObject({
      request: event,
      executionArn: EXECUTION,
      startedAt: '2026-11-22T09:30:00.000Z',
      leaseExpiresAt: '2026-11-22T12:30:00.000Z',
    });
    expect(readDefinition('cost-review')).toMatchObject({ TimeoutSeconds: 10_800 });
  });

  test('is announced as the contract says, with one finding also', async () => {
    const backend = new FakeReviewBackend();

    await run(backend);

    const schema = JSON.parse(
      readFileSync('events/costs/cost-review-completed.schema.json', 'utf8'),
    );
    const validate = new Ajv({ allErrors: true }).compile(schema);
    const [entry] = backend.announced;
    validate({
      'detail-type': entry?.['DetailType'] ?? '',
      source: entry?.['Source'] ?? '',
      detail: entry?.['Detail'] ?? {},
    });
    expect(validate.errors).toBeNull();
    expect(entry).toMatchObject({ EventBusName: 'operations', Detail: { missing: [] } });
  });

  test('is told in plain words', async () => {
    const backend = new FakeReviewBackend();

    await run(backend);

    expect(backend.notices).toEqual([
      {
        TopicArn: 'arn:aws:sns:eu-central-1:123456789012:operations',
        Subject: 'Costs of 2026-10',
        Message: [
          '2026-10 cost 6512.41 USD',
          'breach: Amazon Bedrock rose by 801.20 USD (from nothing) over the month before',
          'Report: s3://reports/costs/2026-10/unblended-cost.md',
        ].join('\n'),
      },
    ]);
  });

  test.each(['completed', 'running'])('that is %s already pays nothing', async (outcome) => {
    const backend = new FakeReviewBackend();
    backend.outcome = outcome;

    const { path, answer } = await run(backend);

    expect(path).toEqual(['BeginReview', 'IsClaimed?', 'AlreadyReviewed']);
    expect(answer).toMatchObject({ kind: 'succeeded', output: { outcome } });
    expect(backend.calls).toEqual(['BeginReview']);
  });

  test('goes on with a long answer, call by call', async () => {
    const backend = new FakeReviewBackend();
    backend.callsNeeded = { 'by-service': 3 };

    const { answer } = await run(backend);

    expect(answer.kind).toBe('succeeded');
    expect(backend.calls.filter((call) => call === 'FetchCosts by-service')).toHaveLength(3);
  });

  test('gives an endless answer up', async () => {
    const backend = new FakeReviewBackend();
    backend.callsNeeded = { 'by-service': 1_000 };

    const { answer } = await run(backend);

    expect(backend.calls.filter((call) => call === 'FetchCosts by-service')).toHaveLength(25);
    expect(answer).toEqual({
      kind: 'failed',
      error: 'CostsNotFetchedError',
      cause: 'Cost Explorer did not answer by-service: TooManyCalls',
    });
    expect(backend.status).toBe('FAILED');
  });

  test('goes without what it can do without, and says so', async () => {
    const backend = new FakeReviewBackend();
    backend.errors = { 'FetchCosts forecast': { error: 'CostExplorerRefusedError' } };

    const { answer } = await run(backend);

    expect(answer.kind).toBe('succeeded');
    expect(backend.payloads.get('BuildReport')).toMatchObject({
      failed: [{ name: 'forecast', error: 'CostExplorerRefusedError' }],
    });
    expect(backend.calls.filter((call) => call === 'FetchCosts forecast')).toHaveLength(1);
  });

  test('waits while Cost Explorer throttles', async () => {
    const backend = new FakeReviewBackend();
    backend.errors = {
      'FetchCosts by-service': { error: 'CostExplorerUnavailableError', times: 6 },
    };

    const { answer, durationSeconds } = await run(backend);

    expect(answer.kind).toBe('succeeded');
    expect(durationSeconds).toBeGreaterThan(150);
    expect(durationSeconds).toBeLessThan(200);
  });

  test('fails without what it compares', async () => {
    const backend = new FakeReviewBackend();
    backend.errors = { 'FetchCosts by-service': { error: 'CostExplorerUnavailableError' } };

    const { path, answer } = await run(backend);

    expect(path.slice(-3)).toEqual(['AreCostsFetched?', 'RecordFailure', 'ReviewFailed']);
    expect(answer).toMatchObject({ error: 'CostsNotFetchedError' });
  });

  test.each(['InvalidCostReviewRequestError', 'IncompleteMonthError', 'MonthTooOldError'])(
    'that cannot be made (%s) fails at once, in the words of the function',
    async (error) => {
      const backend = new FakeReviewBackend();
      backend.errors = { BeginReview: { error } };

      const { path, answer } = await run(backend);

      expect(path).toEqual(['BeginReview', 'ReviewFailed']);
      expect(answer).toEqual({ kind: 'failed', error, cause: 'It went wrong' });
      expect(backend.calls).toEqual(['BeginReview']);
    },
  );

  test.each(['BuildReport', 'CompleteReview'])('frees its claim when %s fails', async (state) => {
    const backend = new FakeReviewBackend();
    backend.errors = { [state]: { error: 'SomethingUnknownError' } };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ error: 'SomethingUnknownError', cause: 'It went wrong' });
    expect(backend.status).toBe('FAILED');
    expect(backend.calls.filter((call) => call === state)).toHaveLength(5);
  });

  test('frees its claim when its questions cannot be read', async () => {
    const backend = new FakeReviewBackend();
    backend.queries = 'none';

    const { path, answer } = await run(backend);

    expect(path.slice(-3)).toEqual(['FetchAnswers', 'RecordFailure', 'ReviewFailed']);
    expect(answer).toMatchObject({ kind: 'failed', error: 'States.QueryEvaluationError' });
    expect(backend.status).toBe('FAILED');
  });

  test('fails with its own reason where the failure cannot be recorded either', async () => {
    const backend = new FakeReviewBackend();
    backend.errors = {
      BuildReport: { error: 'CostsNotFetchedError' },
      RecordFailure: { error: 'DynamoDB.ConditionalCheckFailedException' },
    };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ error: 'CostsNotFetchedError' });
    expect(backend.calls.filter((call) => call === 'RecordFailure')).toHaveLength(1);
  });

  test('stands when the bus, the queue and the notice fail', async () => {
    const backend = new FakeReviewBackend();
    backend.errors = {
      AnnounceCompleted: { error: 'EventBridge.FailedEntry' },
      ParkAnnouncement: { error: 'SQS.AmazonSQSException' },
      NotifyOperators: { error: 'SNS.AmazonSNSException' },
    };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'succeeded', output: { outcome: 'reviewed' } });
    expect(backend.status).toBe('COMPLETED');
  });

  test('parks an announcement that the bus refuses', async () => {
    const backend = new FakeReviewBackend();
    backend.errors = { AnnounceCompleted: { error: 'EventBridge.FailedEntry' } };

    await run(backend);

    expect(backend.parked).toMatchObject([
      {
        kind: 'UnannouncedCostReview',
        reviewId: '2026-10/unblended-cost',
        executionArn: EXECUTION,
      },
    ]);
    expect(backend.notices).toHaveLength(1);
  });

  test('ends well when everything answers at the second attempt', async () => {
    const backend = new FakeReviewBackend();
    const once = { error: 'Lambda.TooManyRequestsException', times: 1 };
    backend.errors = {
      BeginReview: once,
      FetchCosts: once,
      BuildReport: once,
      CompleteReview: once,
      AnnounceCompleted: once,
      NotifyOperators: once,
    };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'succeeded', output: { outcome: 'reviewed' } });
  });
});

describe('the definition', () => {
  test('has a time-out on every task, and catches everything that it tries', () => {
    for (const [name, state] of tasks(readDefinition('cost-review'))) {
      expect([name, state]).toEqual([
        name,
        expect.objectContaining({
          TimeoutSeconds: expect.any(Number),
          Catch: expect.arrayContaining([expect.objectContaining({ ErrorEquals: ['States.ALL'] })]),
        }),
      ]);
    }
  });

  test('ends within its own time-out, however often each task is tried', () => {
    const definition = readDefinition('cost-review');
    const map = statesOf(definition)['FetchAnswers'];
    const processor = isJsonObject(map) ? (map['ItemProcessor'] ?? null) : null;
    // 13 questions, two at once, and 20 calls more of the longest answer.
    const seconds = longestSeconds(definition) + 7 * longestSeconds(processor) + 20 * 65;

    expect(seconds).toBe(8_591);
    expect(definition).toMatchObject({ TimeoutSeconds: 10_800 });
  });

  afterAll(() => {
    const states = statesOf(readDefinition('cost-review'));
    expect(Object.keys(states).filter((state) => !visited.has(state))).toEqual([]);
  });
});

function statesOf(definition: Json | undefined): JsonObject {
  const states = isJsonObject(definition) ? definition['States'] : undefined;
  return isJsonObject(states) ? states : {};
}

/** Every task, those inside a Map too. */
function tasks(definition: Json | undefined): readonly (readonly [string, JsonObject])[] {
  return Object.entries(statesOf(definition)).flatMap(([name, state]) => {
    if (!isJsonObject(state)) return [];
    return state['Type'] === 'Task' ? [[name, state]] : tasks(state['ItemProcessor']);
  });
}
