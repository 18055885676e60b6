import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeReplayCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CliRun, runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

const EVENT = 'scenarios/orders/entries/happy-order.json';

let rehearsal: StartedRehearsal;

/** Runs a command against the rehearsal. */
const run = (...args: readonly string[]): Promise<CliRun> =>
  runCli('--endpoint-url', rehearsal.runtime.url, ...args);

function fileOf(value: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'signalbox-events-')), 'event.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

beforeAll(async () => {
  rehearsal = await startRehearsal();
  await run('event', 'put', EVENT);
  await rehearsal.runtime.settled();
});
afterAll(() => rehearsal?.runtime.close());

describe('signalbox event', () => {
  test('lists events with what became of them, and shows one', async () => {
    const { stdout, exitCode } = await run('event', 'ls');
    const line =
      stdout.split('\n').find((one) => one.includes('signalbox.orders OrderPlaced ')) ?? '';
    const [, id = ''] = line.split(/ {2,}/);

    expect(exitCode).toBe(0);
    expect(line).toMatch(
      /signalbox\.orders OrderPlaced .*OrderProcessingStateMachineOrd.* delivered$/,
    );
    const shown = await run('event', 'show', id);
    expect(shown.stdout).toContain(`"id": "${id}"`);
    expect(shown.stdout).toMatch(/→ arn:aws:states:.*: delivered after 1 attempt: arn:aws:states:/);
    expect(await run('event', 'show', 'nothing')).toMatchObject({ exitCode: 3 });
  });

  test('says why an event started nothing', async () => {
    const source = 'signalbox.elsewhere';
    const file = fileOf({ source, 'detail-type': 'OrderPlaced', detail: {} });
    const bus = `${rehearsal.runtime.app().stackName}-orders`;
    await run('event', 'put', file, '--bus', bus);

    const { stdout } = await run('event', 'ls', '--unmatched', '--limit', '1');
    expect(stdout).toMatch(
      /source: expected \["signalbox\.orders"\], found "signalbox\.elsewhere"/,
    );
    const tested = await run('event', 'test-pattern', file, '--bus', bus);
    expect(tested.exitCode).toBe(1);
    expect(tested.stdout).toMatch(/ no +source: expected \["signalbox\.orders"\], found/);
  });

  test('tests an event against the rules, and against a pattern', async () => {
    const tested = await run('event', 'test-pattern', EVENT);
    expect(tested.exitCode).toBe(0);
    expect(tested.stdout).toMatch(/OrderProcessingStateMachineOrd\S* +yes/);
    const pattern = fileOf({ detail: { missing: [{ numeric: ['>', 1] }] } });
    expect((await run('event', 'test-pattern', EVENT, '--pattern', pattern)).stdout).toContain(
      'detail.missing: expected [{"numeric":[">",1]}], found nothing',
    );
    expect(await run('event', 'test-pattern', EVENT, '--rule', 'nothing')).toMatchObject({
      exitCode: 3,
    });
  });

  test('tests against the rules of the stack that is named, not of the bus in the file', async () => {
    const { stackName } = rehearsal.runtime.app();
    const entry = { Source: 'signalbox.orders', DetailType: 'OrderPlaced', Detail: '{}' };
    const file = fileOf({ ...entry, EventBusName: 'signalbox-elsewhere-orders' });
    const rule = 'OrderProcessingStateMachineOrderPlaced';

    const tested = await run('--stack', stackName, 'event', 'test-pattern', file, '--rule', rule);
    expect(tested).toMatchObject({ exitCode: 0, stderr: '' });
    expect(tested.stdout).toMatch(/OrderProcessingStateMachineOrd\S* +yes/);
  });

  test('replays the archive of the stack', async () => {
    const { stdout, exitCode } = await run('event', 'replay', 'Orders', '--name', 'again');
    await rehearsal.runtime.settled();

    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^again COMPLETED, last event of /),
    });
    const client = new EventBridgeClient(rehearsal.stage.client);
    const replay = await client.send(new DescribeReplayCommand({ ReplayName: 'again' }));
    expect(replay.State).toBe('COMPLETED');
    const { events } = JSON.parse((await run('--json', 'event', 'ls')).stdout);
    const replayed = events.filter((one: { event: object }) => 'replay-name' in one.event);
    expect(replayed.length).toBeGreaterThan(0);
  });

  test('asks AWS for no log of events', async () => {
    expect(await runCli('--profile', 'x', 'event', 'ls')).toMatchObject({
      exitCode: 2,
      stderr: 'AWS has no API for "event ls": it works on a rehearsal only\n',
    });
  });
});

describe('signalbox schedule', () => {
  test('lists schedules and rules with one, and fires them', async () => {
    const { client } = rehearsal.stage;
    const sqs = new SQSClient(client);
    const QueueName = 'nightly';
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const Arn = `arn:aws:sqs:${rehearsal.runtime.app().region}:123456789012:${QueueName}`;
    await new SchedulerClient(client).send(
      new CreateScheduleCommand({
        Name: 'nightly',
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn, RoleArn: 'arn:aws:iam::123456789012:role/nightly', Input: 'of a schedule' },
      }),
    );
    const events = new EventBridgeClient(client);
    await events.send(new PutRuleCommand({ Name: 'hourly', ScheduleExpression: 'rate(1 hour)' }));
    const target = { Id: 'queue', Arn, InputPath: '$.detail-type' };
    await events.send(new PutTargetsCommand({ Rule: 'hourly', Targets: [target] }));

    const { stdout } = await run('schedule', 'ls');
    expect(stdout).toMatch(
      /^nightly +default +ENABLED +cron\(0 3 \* \* \? \*\) +Europe\/Berlin +\d{4}-.*T0[12]:00:00.000Z +arn:aws:sqs/m,
    );
    expect(stdout).toMatch(/^hourly +rule +ENABLED +rate\(1 hour\) +UTC +\d{4}-/m);

    expect((await run('schedule', 'fire', 'nightly')).stdout).toBe('nightly: invoked\n');
    expect((await run('schedule', 'fire', 'hourly')).stdout).toMatch(/^hourly: fired: /);
    await rehearsal.runtime.bus.idle();
    const bodies: unknown[] = [];
    while (bodies.length < 2) {
      const input = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
      if (Messages.length === 0) break;
      bodies.push(...Messages.map(({ Body }) => Body));
    }
    expect(bodies).toEqual(expect.arrayContaining(['of a schedule', '"Scheduled Event"']));
    expect(await run('schedule', 'fire', 'nothing')).toMatchObject({ exitCode: 3 });
  });
});
