import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { createLogs, type Logs } from './logs.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const logGroupName = '/aws/lambda/submit-order';
const startMs = Date.parse('2026-01-05T10:00:00.000Z');

let clock: TestClock;
let logs: Logs;

beforeEach(() => {
  clock = createTestClock();
  logs = createLogs({ clock, region: 'eu-central-1', accountId: '123456789012' });
});

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await logs.service.actions[action]!(input, caller)) };
}

function append(stream: string, ...messages: string[]) {
  const events = messages.map((message, index) => ({
    timestampMs: startMs + index * 1000,
    message,
  }));
  logs.append(logGroupName, stream, events);
}

describe('FilterLogEvents', () => {
  test('returns the events of every stream in the order of time', async () => {
    append('a', 'a0', 'a1');
    append('b', 'b0', 'b1');

    const { events } = await run('FilterLogEvents', { logGroupName });

    expect(events).toMatchObject(['a0', 'b0', 'a1', 'b1'].map((message) => ({ message })));
  });

  test('takes a time range with both ends, a pattern and named streams', async () => {
    append('a', 'one', 'two', 'three', 'two again');
    append('b', 'x', 'two');
    const range = { startTime: startMs + 1000, endTime: startMs + 3000 };

    const filter = { logGroupName, ...range, filterPattern: 'two', logStreamNames: ['a'] };

    expect(await run('FilterLogEvents', filter)).toMatchObject({
      events: [
        { message: 'two', timestamp: startMs + 1000, logStreamName: 'a' },
        { message: 'two again' },
      ],
    });
  });

  test('pages', async () => {
    append('a', '0', '1', '2');

    const first = await run('FilterLogEvents', { logGroupName, limit: 2 });
    const { nextToken } = first;
    const second = await run('FilterLogEvents', { logGroupName, limit: 2, nextToken });

    expect(first).toMatchObject({ events: [{ message: '0' }, { message: '1' }] });
    expect(second).toMatchObject({ events: [{ message: '2' }] });
    expect(second['nextToken']).toBeUndefined();
  });

  test('keeps the last events of a stream that goes on and on', async () => {
    append('a', ...Array.from({ length: 6000 }, (_, index) => `line ${index}`));

    const { events } = await run('FilterLogEvents', { logGroupName, limit: 10_000 });

    expect(events).toHaveLength(1000);
    expect(events).toContainEqual(expect.objectContaining({ message: 'line 5999' }));
  });

  test('refuses a group and a stream that are not there', async () => {
    await expect(run('FilterLogEvents', { logGroupName: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    append('a', 'x');
    await expect(
      run('FilterLogEvents', { logGroupName, logStreamNames: ['none'] }),
    ).rejects.toMatchObject({ message: 'The specified log stream does not exist.' });
  });
});

describe('GetLogEvents', () => {
  const stream = { logGroupName, logStreamName: 'a', limit: 2 };

  test('returns the latest events, and goes back from there', async () => {
    append('a', '0', '1', '2', '3', '4');

    const latest = await run('GetLogEvents', stream);
    const before = await run('GetLogEvents', { ...stream, nextToken: latest['nextBackwardToken'] });

    expect(latest).toMatchObject({ events: [{ message: '3' }, { message: '4' }] });
    expect(before).toMatchObject({ events: [{ message: '1' }, { message: '2' }] });
  });

  test('goes forward from the head until the token stays the same', async () => {
    append('a', '0', '1', '2');

    const head = await run('GetLogEvents', { ...stream, startFromHead: true });
    const rest = await run('GetLogEvents', { ...stream, nextToken: head['nextForwardToken'] });
    const end = await run('GetLogEvents', { ...stream, nextToken: rest['nextForwardToken'] });

    expect(rest).toMatchObject({ events: [{ message: '2' }] });
    expect(end).toMatchObject({ events: [], nextForwardToken: rest['nextForwardToken'] });
    append('a', 'late');
    expect(await run('GetLogEvents', stream)).toMatchObject({
      events: [{ message: '1' }, { message: '2' }],
    });
  });

  test('leaves the end time itself out', async () => {
    append('a', '0', '1');

    expect(await run('GetLogEvents', { ...stream, endTime: startMs + 1000 })).toMatchObject({
      events: [{ message: '0' }],
    });
  });
});

describe('PutLogEvents', () => {
  const put = (...timestamps: number[]) =>
    run('PutLogEvents', {
      logGroupName: 'own',
      logStreamName: 's',
      logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'm' })),
    });

  beforeEach(async () => {
    await run('CreateLogGroup', { logGroupName: 'own' });
    await run('CreateLogStream', { logGroupName: 'own', logStreamName: 's' });
  });

  test('keeps what is neither too old nor too new', async () => {
    const day = 86_400_000;

    expect(await put(startMs - 15 * day, startMs, startMs + day)).toEqual({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 },
    });
    expect(await run('GetLogEvents', { logGroupName: 'own', logStreamName: 's' })).toMatchObject({
      events: [{ timestamp: startMs }],
    });
  });

  test('refuses events out of order, and names that are taken', async () => {
    await expect(put(startMs, startMs - 1)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Log events in a single PutLogEvents request must be in chronological order.',
    });
    await expect(run('CreateLogGroup', { logGroupName: 'own' })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    });
  });
});

describe('DescribeLogGroups and DescribeLogStreams', () => {
  test('describe by prefix and by the last event', async () => {
    append('old', 'x');
    append('new', 'x', 'y');
    logs.createLogGroup('/other');

    expect(await run('DescribeLogGroups', { logGroupNamePrefix: '/aws' })).toMatchObject({
      logGroups: [
        {
          logGroupName,
          arn: `arn:aws:logs:eu-central-1:123456789012:log-group:${logGroupName}:*`,
          storedBytes: 3,
        },
      ],
    });
    const others = { logGroupIdentifiers: ['/other'] };
    expect(await run('DescribeLogGroups', others)).toMatchObject({
      logGroups: [{ logGroupName: '/other' }],
    });
    const latest = { logGroupName, orderBy: 'LastEventTime', descending: true, limit: 1 };
    expect(await run('DescribeLogStreams', latest)).toMatchObject({
      logStreams: [{ logStreamName: 'new', lastEventTimestamp: startMs + 1000 }],
      nextToken: '1',
    });
  });
});

describe('a log group', () => {
  test('is deleted with its streams, and a stream alone', async () => {
    append('a', 'one');
    append('b', 'two');
    await run('DeleteLogStream', { logGroupName, logStreamName: 'a' });
    expect(await run('DescribeLogStreams', { logGroupName })).toMatchObject({
      logStreams: [{ logStreamName: 'b' }],
    });
    await run('DeleteLogGroup', { logGroupName });
    await expect(run('DeleteLogGroup', { logGroupName })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('shows its retention and its tags', async () => {
    await run('CreateLogGroup', { logGroupName, tags: { team: 'orders' } });
    await run('PutRetentionPolicy', { logGroupName, retentionInDays: 30 });
    const { logGroups } = await run('DescribeLogGroups', {});
    expect(logGroups).toMatchObject([{ retentionInDays: 30 }]);
    const resourceArn = `arn:aws:logs:eu-central-1:123456789012:log-group:${logGroupName}`;
    await run('TagResource', { resourceArn, tags: { stage: 'dev' } });
    await run('UntagResource', { resourceArn, tagKeys: ['team'] });
    expect(await run('ListTagsForResource', { resourceArn })).toEqual({ tags: { stage: 'dev' } });
    await run('DeleteRetentionPolicy', { logGroupName });
    expect(await run('DescribeLogGroups', {})).toMatchObject({
      logGroups: [expect.not.objectContaining({ retentionInDays: 30 })],
    });
    await expect(
      run('PutRetentionPolicy', { logGroupName, retentionInDays: 31 }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
