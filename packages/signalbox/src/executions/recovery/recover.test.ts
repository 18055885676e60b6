import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { HistoryEvent } from '../../history/history-event.ts';
import { createMemoryStore } from '../../history/memory-store.ts';
import type { HistoryStore } from '../../history/store.ts';
import { createTestMaps } from '../../store/test-kept-maps.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN, START_MS } from '../test-executions.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012';
const EXECUTION = `${ARN}:execution:orders:one`;
const QUEUE = 'http://queue/orders';

const send = (body: string, more: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: QUEUE, MessageBody: body },
  ...more,
});
const askResource = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
const ask: JsonObject = {
  Type: 'Task',
  Resource: askResource,
  TimeoutSeconds: 600,
  Parameters: { QueueUrl: QUEUE, MessageBody: { ask: 'token', 'Token.$': '$$.Task.Token' } },
};
const machineOf = (States: JsonObject, StartAt: string, more: JsonObject = {}): JsonObject => ({
  StartAt,
  States,
  ...more,
});

/** A machine with every kind of thing that an execution may stand in. */
const ALL = machineOf(
  {
    Prepare: { Type: 'Pass', Result: { items: [1, 2, 3] }, Next: 'Choose' },
    Choose: {
      Type: 'Choice',
      Choices: [{ Variable: '$.items[0]', NumericEquals: 1, Next: 'Pause' }],
    },
    Pause: { Type: 'Wait', Seconds: 60, Next: 'Flaky' },
    Flaky: send('flaky', {
      ResultPath: '$.sent',
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 7, MaxAttempts: 3 }],
      Next: 'Broken',
    }),
    Broken: send('broken', {
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Both' }],
      Next: 'Both',
    }),
    Both: {
      Type: 'Parallel',
      ResultPath: '$.both',
      Branches: [
        machineOf(
          {
            Left: { Type: 'Wait', Seconds: 5, Next: 'LeftSend' },
            LeftSend: send('left', { End: true }),
          },
          'Left',
        ),
        machineOf({ Ask: { ...ask, End: true } }, 'Ask'),
      ],
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 2,
      ResultPath: '$.each',
      ItemProcessor: machineOf(
        {
          Rest: { Type: 'Wait', Seconds: 3, Next: 'EachSend' },
          EachSend: send('each', { End: true }),
        },
        'Rest',
      ),
      Next: 'Spread',
    },
    Spread: {
      Type: 'Map',
      ItemsPath: '$.items',
      ResultPath: '$.spread',
      ItemProcessor: {
        ...machineOf({ Far: { Type: 'Wait', Seconds: 3, End: true } }, 'Far'),
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      },
      Next: 'Nested',
    },
    Nested: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: `${ARN}:stateMachine:child`, Name: 'nested' },
      ResultSelector: { 'status.$': '$.Status' },
      ResultPath: '$.nested',
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
  'Prepare',
  { TimeoutSeconds: 3600 },
);

const CHILD = machineOf({ Nap: { Type: 'Wait', Seconds: 30, End: true } }, 'Nap');

/** The text of a message that a call sends; a service that fails for some, and hands tokens back. */
function serviceOf(sent: string[], answer: (token: string) => void) {
  return async (_service: string, _action: string, input: object): Promise<object> => {
    const body = String(JSON.parse(JSON.stringify(input)).MessageBody);
    sent.push(body);
    if (body === 'broken' || (body === 'flaky' && sent.length < 3)) {
      throw new AwsError('ServiceUnavailable', `${body} ${sent.length}`);
    }
    if (body.includes('"ask"')) answer(JSON.parse(body).Token);
    return { MessageId: body };
  };
}

/** Executions on a store, with the machines defined, and an approver who returns every token at once. */
function open(store: HistoryStore, maps = createTestMaps()()) {
  const sent: string[] = [];
  const approve = (taskToken: string): void => {
    void made.states('SendTaskSuccess', { taskToken, output: '"yes"' });
  };
  const made = createTestExecutions(
    {},
    { store, maps, call: serviceOf(sent, approve), interpreter: AMAZON_STATES_LANGUAGE },
  );
  const define = (name: string, definition: JsonObject) =>
    made.executions.define({
      arn: `${ARN}:stateMachine:${name}`,
      name,
      type: 'STANDARD',
      roleArn: ROLE_ARN,
      definition,
    });
  define('child', CHILD);
  return { ...made, sent, approve, define };
}

async function start(definition: JsonObject) {
  const store = createMemoryStore();
  const opened = open(store);
  opened.define('orders', definition);
  const given = { stateMachineArn: `${ARN}:stateMachine:orders`, name: 'one', input: '{}' };
  await opened.states('StartExecution', given);
  return { ...opened, store };
}

/** The store as a process has left it that was killed after some of the events of one execution. */
function cutAfter(store: HistoryStore, count: number): HistoryStore {
  const cut = createMemoryStore();
  const parent = store.events(EXECUTION, 1, count);
  const lastMs = Date.parse(parent.at(-1)?.timestamp ?? '');
  const hasNested = parent.some(
    (event) => event.type === 'TaskStarted' && event.resource.startsWith('startExecution'),
  );
  for (const { header, eventCount } of store.executions()) {
    const isParent = header.executionArn === EXECUTION;
    if (!isParent && !hasNested) continue;
    cut.create(header);
    const events = isParent ? parent : store.events(header.executionArn, 1, eventCount);
    for (const event of events) {
      if (isParent || Date.parse(event.timestamp) <= lastMs) cut.append(header.executionArn, event);
    }
  }
  return cut;
}

/** What must hold of a whole history. */
function flawsOf(events: readonly HistoryEvent[]): readonly string[] {
  const entered = events.filter(({ type }) => type.endsWith('StateEntered'));
  const exited = events.filter(({ type }) => type.endsWith('StateExited'));
  const ends = events.filter(({ type }) => /^Execution(Succeeded|Failed|Aborted)/.test(type));
  const lost = entered.length - exited.length;
  return [
    ...(ends.length === 1 && ends[0] === events.at(-1) ? [] : ['it has not one end, at its end']),
    ...events.filter(({ id }, at) => id !== at + 1).map(({ id }) => `${id} is out of order`),
    ...events
      .filter(({ id, previousEventId }) => previousEventId >= id)
      .map(({ id }) => `${id} links forward`),
    ...(lost === 0 ? [] : [`it has ${lost} states more entered than left`]),
  ];
}

/** The token of a task that has been submitted. */
function waitingToken(events: readonly HistoryEvent[]): string | undefined {
  const isAsk = (event: HistoryEvent): boolean =>
    'resource' in event && event.resource === 'sendMessage.waitForTaskToken';
  const own = events.filter(isAsk);
  if (own.at(-1)?.type !== 'TaskSubmitted') return undefined;
  const scheduled = own.find(({ type }) => type === 'TaskScheduled');
  const parameters = scheduled && 'parameters' in scheduled ? scheduled.parameters : null;
  const body = (isJsonObject(parameters) ? parameters['MessageBody'] : undefined) ?? null;
  return isJsonObject(body) ? String(body['Token']) : undefined;
}

describe('recover()', () => {
  test('goes on after a kill at any event, to the same end', async () => {
    const whole = await start(ALL);
    await whole.executions.ended(EXECUTION);
    const { summary, eventCount } = whole.store.find(EXECUTION) ?? { eventCount: 0 };
    expect(summary).toMatchObject({ status: 'SUCCEEDED' });
    expect(flawsOf(whole.store.events(EXECUTION, 1, eventCount))).toEqual([]);

    for (let count = 0; count < eventCount; count += 1) {
      const store = cutAfter(whole.store, count);
      const left = store.events(EXECUTION, 1, count);
      const opened = open(store);
      opened.define('orders', ALL);
      // The failures of earlier attempts have happened.
      opened.sent.push('earlier', 'earlier');
      const recovered = opened.executions.recover();
      const token = waitingToken(left);
      if (token !== undefined) opened.approve(token);
      const ended = await opened.executions.ended(EXECUTION);

      const events = store.events(EXECUTION, 1, ended.eventCount);
      expect({
        count,
        last: left.at(-1)?.type,
        recovered: recovered.resumed[0],
        aborted: recovered.aborted,
        bugs: opened.bugs,
        status: ended.summary.status,
        output: ended.summary.output,
        flaws: flawsOf(events),
        waitedUntil: events.find(({ type }) => type === 'WaitStateExited')?.timestamp,
      }).toMatchObject({
        count,
        recovered: EXECUTION,
        aborted: [],
        bugs: [],
        status: 'SUCCEEDED',
        flaws: [],
        waitedUntil: new Date(START_MS + 60_000).toISOString(),
      });
      const { both, each, spread, nested } = JSON.parse(JSON.stringify(ended.summary.output));
      const lengths = { both: both.length, each: each.length, spread: spread.length };
      expect({ ...lengths, nested }).toEqual({
        both: 2,
        each: 3,
        spread: 3,
        nested: { status: 'SUCCEEDED' },
      });
    }
  });

  /** Runs until nothing goes on without somebody, and returns the events so far. */
  async function startAndRest(definition: JsonObject, maps = createTestMaps()) {
    const store = createMemoryStore();
    const first = open(store, maps());
    first.define('orders', definition);
    const given = { stateMachineArn: `${ARN}:stateMachine:orders`, name: 'one', input: '{}' };
    await first.states('StartExecution', given);
    await first.clock.rested();
    const { eventCount } = store.find(EXECUTION) ?? { eventCount: 0 };
    const goOn = (count = eventCount) => {
      const cut = cutAfter(store, count);
      const opened = open(cut, maps());
      opened.define('orders', definition);
      return { ...opened, recovered: opened.executions.recover(), cut };
    };
    return { ...first, store, eventCount, goOn };
  }

  const indexOf = (store: HistoryStore, type: HistoryEvent['type'], nth = 1): number =>
    store.events(EXECUTION, 1, 99).filter((event) => event.type === type)[nth - 1]?.id ?? 0;

  test('counts the retries of the process before, and makes the same request again', async () => {
    const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 2 }];
    const Parameters = { QueueUrl: QUEUE, MessageBody: 'broken', 'Id.$': 'States.UUID()' };
    const { store, goOn } = await startAndRest(
      machineOf({ Send: send('', { Parameters, Retry, End: true }) }, 'Send'),
    );

    const inFlight = goOn(indexOf(store, 'TaskStarted', 2));
    await inFlight.executions.ended(EXECUTION);
    expect(inFlight.sent).toEqual(['broken', 'broken']);
    const [scheduled] = store.events(EXECUTION, indexOf(store, 'TaskScheduled', 2), 1);
    const { Id } = JSON.parse(JSON.stringify(scheduled)).parameters;
    expect(inFlight.calls[0]?.input).toMatchObject({ Id });

    const failed = goOn(indexOf(store, 'TaskFailed', 3));
    const { summary } = await failed.executions.ended(EXECUTION);
    expect(failed.sent).toEqual([]);
    expect(summary).toMatchObject({ status: 'FAILED', error: 'SQS.ServiceUnavailableException' });
  });

  test('keeps a time limit, of a task that waits for its token and of the whole execution', async () => {
    const silent = { ...ask, Parameters: { QueueUrl: QUEUE, 'MessageBody.$': '$$.Task.Token' } };
    const task = await startAndRest(machineOf({ Ask: { ...silent, End: true } }, 'Ask'));
    const again = task.goOn();
    again.clock.skipTo(START_MS + 599_000);
    await again.clock.rested();
    expect(again.cut.find(EXECUTION)?.summary.status).toBe('RUNNING');
    again.clock.skipTo(START_MS + 600_000);
    expect(await again.executions.ended(EXECUTION)).toMatchObject({
      summary: { error: 'States.Timeout', stoppedAt: new Date(START_MS + 600_000).toISOString() },
    });

    const patient = { ...silent, TimeoutSeconds: 9999, End: true };
    const whole = await startAndRest(machineOf({ Ask: patient }, 'Ask', { TimeoutSeconds: 700 }));
    const later = whole.goOn();
    later.clock.skipTo(START_MS + 700_000);
    expect(await later.executions.ended(EXECUTION)).toMatchObject({
      summary: { status: 'TIMED_OUT', stoppedAt: new Date(START_MS + 700_000).toISOString() },
    });
  });

  test('takes the result of a token at once, before the execution has gone on', async () => {
    const silent = { ...ask, Parameters: { QueueUrl: QUEUE, 'MessageBody.$': '$$.Task.Token' } };
    const { sent, goOn } = await startAndRest(machineOf({ Ask: { ...silent, End: true } }, 'Ask'));
    const [taskToken = ''] = sent;

    const { states, executions, sent: again } = goOn();
    await states('SendTaskSuccess', { taskToken, output: '7' });
    expect((await executions.ended(EXECUTION)).summary).toMatchObject({ output: 7 });
    expect(again).toEqual([]);
  });

  test.each([
    ['offers an activity that no worker has taken, with its token', false],
    ['waits for the worker that has taken an activity, and offers it to no other', true],
  ])('%s', async (_name, isTaken) => {
    const maps = createTestMaps();
    const activityArn = `${ARN}:activity:pack`;
    const Pack = { Type: 'Task', Resource: activityArn, TimeoutSeconds: 600, End: true };
    const definition = machineOf({ Pack }, 'Pack');
    const setUp = open(createMemoryStore(), maps());
    await setUp.states('CreateActivity', { name: 'pack' });
    const { states, store, goOn } = await startAndRest(definition, maps);
    const { taskToken } = isTaken ? await states('GetActivityTask', { activityArn }) : {};

    const count = store.find(EXECUTION)?.eventCount;
    const again = goOn(count);
    const polling = again.states('GetActivityTask', { activityArn });
    again.clock.skipTo(START_MS + 60_000);
    const polled = await polling;
    expect(polled['taskToken'] === undefined).toBe(isTaken);
    await again.states('SendTaskSuccess', {
      taskToken: taskToken ?? polled['taskToken'],
      output: '1',
    });
    expect((await again.executions.ended(EXECUTION)).summary.status).toBe('SUCCEEDED');
  });

  test('begins a Distributed Map anew, and says what became of its children', async () => {
    const MessageBody = { 'nobody.$': '$$.Task.Token' };
    const unanswered = { ...ask, Parameters: { QueueUrl: QUEUE, MessageBody }, End: true };
    const ItemProcessor = {
      ...machineOf({ Ask: unanswered }, 'Ask'),
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    };
    const Each = { Type: 'Map', ItemProcessor, End: true };
    const maps = createTestMaps();
    const { store } = await startAndRest(
      machineOf({ List: { Type: 'Pass', Result: [1, 2], Next: 'Each' }, Each }, 'List'),
      maps,
    );
    const { executions, clock, states } = open(store, maps());

    const { resumed, aborted } = executions.recover();
    await clock.rested();

    expect(resumed).toEqual([EXECUTION]);
    expect(aborted.map(({ reason }) => reason)).toEqual([
      'its Distributed Map begins anew',
      'its Distributed Map begins anew',
    ]);
    expect(store.executions().map(({ summary }) => summary.status)).toEqual([
      ...['RUNNING', 'ABORTED', 'ABORTED'],
      ...['RUNNING', 'RUNNING'],
    ]);

    const { mapRuns } = await states('ListMapRuns', { executionArn: EXECUTION });
    const [{ mapRunArn }] = JSON.parse(JSON.stringify(mapRuns));
    expect(mapRuns).toHaveLength(2);
    expect(await states('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'ABORTED',
      executionCounts: { running: 0, aborted: 2, total: 2 },
    });
  });
});
