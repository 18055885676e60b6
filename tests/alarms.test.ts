import { CloudWatchClient, DescribeAlarmHistoryCommand } from '@aws-sdk/client-cloudwatch';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isJsonObject } from '../packages/signalbox/src/core/json.ts';
import type { Runtime } from '../packages/signalbox/src/runtime/runtime.ts';
import { FIRST_START } from '../packages/signalbox/src/scenarios/scenario-start.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { runCli } from './rehearsals/run-cli.ts';
import { startRehearsal } from './rehearsals/start-rehearsal.ts';

const HALF_HOUR_MS = 30 * 60_000;

let project: ProjectCopy;
let runtime: Runtime;
let alarmName: string;

beforeAll(async () => {
  project = copyProject();
  ({ runtime } = await startRehearsal({ root: project.root }));
  alarmName = alarmOf('WarehouseDeadLettersAlarm');
});

afterAll(async () => {
  await runtime.close();
  project.remove();
});

function alarmOf(logicalId: string): string {
  return runtime.app().alarms.find((alarm) => alarm.logicalId === logicalId)?.name ?? '';
}

function client() {
  return {
    endpoint: runtime.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' },
  };
}

/** The states of an alarm that came to the default bus. */
function statesOf(name: string) {
  return runtime.bus.log.events().flatMap(({ event: { source, time, detail } }) => {
    const { alarmName: own = '', state = {} } = detail;
    if (source !== 'aws.cloudwatch' || own !== name || !isJsonObject(state)) return [];
    return [{ value: state['value'], reason: state['reason'], timeMs: Date.parse(time) }];
  });
}

async function disableRulesOf(source: string): Promise<void> {
  const rules = runtime
    .app()
    .rules.filter(({ eventPattern }) => JSON.stringify(eventPattern).includes(`"${source}"`));
  const events = new EventBridgeClient(client());
  for (const { name } of rules) await events.send(new DisableRuleCommand({ Name: name }));
}

const alarms = async (...args: readonly string[]): Promise<string> =>
  (await runCli('--endpoint-url', runtime.url, 'alarms', ...args)).stdout;

describe('the alarms of the template', () => {
  test('are all there, and move no time at the start', async () => {
    await runtime.settled();

    const { alarms: all, compositeAlarms } = runtime.app();
    const lines = (await alarms()).trim().split('\n').slice(1);
    expect(lines.length).toBe(all.length + compositeAlarms.length);
    // On AWS too, an alarm that takes missing data as breaching goes off before anything is measured.
    const absent = all.filter(
      ({ putMetricAlarm: { TreatMissingData, Namespace } }) =>
        TreatMissingData === 'breaching' && !String(Namespace).startsWith('AWS/'),
    );
    const alerting = (await alarms('--state', 'ALARM')).trim().split('\n').slice(1);
    expect(alerting.map((line) => line.split(' ')[0])).toEqual(
      absent.map(({ name }) => name).sort(),
    );
    const now = runtime.skippingClock?.now().getTime() ?? 0;
    expect(now - FIRST_START.getTime()).toBeLessThan(HALF_HOUR_MS);
  });

  test('go off when a message lies in a dead-letter queue, tell the bus and the topic, and stay so', async () => {
    const queue = runtime
      .app()
      .queues.find(({ logicalId }) => logicalId === 'WarehouseDeadLetters');
    const send = new SendMessageCommand({ QueueUrl: queue?.url ?? '', MessageBody: 'lost' });
    const beforeMs = runtime.skippingClock?.now().getTime() ?? 0;
    await new SQSClient(client()).send(send);

    await runtime.settled();

    expect(await alarms('--state', 'ALARM')).toMatch(
      new RegExp(
        `^${alarmName} +ALARM +\\S+Z +Threshold Crossed: 1 datapoint \\[1\\.0 \\(\\S+ \\S+\\)\\] was greater than or equal to the threshold \\(1\\.0\\)\\.$`,
        'm',
      ),
    );
    expect(statesOf(alarmName).map(({ value }) => value)).toEqual(['OK', 'ALARM']);
    const { AlarmHistoryItems = [] } = await new CloudWatchClient(client()).send(
      new DescribeAlarmHistoryCommand({ AlarmName: alarmName, HistoryItemType: 'Action' }),
    );
    expect(AlarmHistoryItems[0]?.HistorySummary).toMatch(
      /^Successfully executed action arn:aws:sns:/,
    );
    const passedMs = (runtime.skippingClock?.now().getTime() ?? 0) - beforeMs;
    expect(passedMs).toBeLessThan(HALF_HOUR_MS);
  });

  test('go off when what a service measures stops, minutes after the fault', async () => {
    await disableRulesOf('aws.rds'); // which are faster than the alarm
    const brokenMs = runtime.skippingClock?.now().getTime() ?? 0;
    runtime.simulatedResources.start('database', undefined);

    await runtime.settled();

    const states = statesOf(alarmOf('DatabaseUnavailableAlarm'));
    const alarm = states.find(({ value }) => value === 'ALARM');
    expect(alarm?.reason).toContain('missing datapoints were treated as [Breaching]');
    expect((alarm?.timeMs ?? 0) - brokenMs).toBeLessThan(6 * 60_000);
  });

  test('follow a changed template', async () => {
    project.edit(
      'stacks/orders.yaml',
      `  WarehouseDeadLettersAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
`,
      `  WarehouseDeadLettersAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: letters
`,
    );

    expect(await runtime.reload()).toEqual([]);

    expect(alarmOf('WarehouseDeadLettersAlarm')).toBe('letters');
    const text = await alarms();
    expect(text).toMatch(/^letters /m);
    expect(text).not.toContain(alarmName);
  });

  test('are refused with their line', async () => {
    project.edit(
      'stacks/orders.yaml',
      'AlarmName: letters',
      'AlarmName: letters\n      Unit: Letters',
    );

    const [problem] = await runtime.reload();

    expect(problem).toMatchObject({
      file: 'stacks/orders.yaml',
      line: project.lineOf('stacks/orders.yaml', 'WarehouseDeadLettersAlarm:'),
      message: expect.stringContaining('The parameter Unit must be a value in the set of units'),
    });
  });
});
