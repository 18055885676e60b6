import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createTestClock } from '../packages/signalbox/src/core/test-clock.ts';
import { createCloudWatch } from '../packages/signalbox/src/services/cloudwatch/cloudwatch.ts';
import { loadApp } from '../packages/signalbox/src/template/load-app.ts';
import { ALARM_CASES, app, type Series } from './alarm-cases.ts';

const MINUTE = 60_000;
const caller = { arn: 'arn:aws:iam::123456789012:root' };

/** Heartbeats, whose silence is heard of as INSUFFICIENT_DATA, and which have tests of their own. */
const HEARTBEATS = ['AuditOverdueAlarm', 'PlanEvaluationOverdueAlarm'];

/** The states that an alarm comes to while the data arrive, a minute each, and for a while after. */
async function statesOf(
  logicalId: string,
  series: readonly Series[],
  watchMinutes = 15,
): Promise<ReadonlySet<unknown>> {
  const clock = createTestClock();
  const bugs: unknown[] = [];
  const cloudwatch = createCloudWatch({
    region: 'us-east-1',
    accountId: '123456789012',
    clock,
    call: async () => ({}),
    onBug: (bug) => void bugs.push(bug),
  });
  const run = async (action: string, input: object): Promise<object> => ({
    ...(await cloudwatch.service.actions[action]?.(input, caller)),
  });
  const alarm = app.alarms.find((one) => one.logicalId === logicalId);
  if (alarm === undefined) throw new RangeError(`There is no alarm ${logicalId}`);
  await run('PutMetricAlarm', { ...alarm.putMetricAlarm, AlarmName: 'it', AlarmActions: [] });
  const states = new Set<unknown>();
  const look = async () => {
    const described = await run('DescribeAlarms', { AlarmNames: ['it'] });
    states.add(JSON.stringify(described).match(/"StateValue":"(\w+)"/)?.[1]);
  };
  const last = Math.max(1, ...series.map(({ minutes = 1 }) => minutes));
  for (let minute = 0; minute < last; minute += 1) {
    const due = series.filter(({ minutes = 1 }) => minute < minutes);
    cloudwatch.record(
      due.map(({ namespace, metricName, dimensions, value }) => ({
        namespace,
        metricName,
        dimensions,
        timestampMs: clock.now().getTime(),
        unit: 'None',
        storageResolution: 60,
        samples: { kind: 'values', values: [{ value, count: 1 }] },
      })),
      'us-east-1',
    );
    await clock.advance(MINUTE);
    if (last < 100 || minute % 60 === 0) await look();
  }
  for (let minute = 0; minute < watchMinutes; minute += 1) {
    await clock.advance(MINUTE);
    await look();
  }
  expect(bugs).toEqual([]);
  return states;
}

describe('the alarms of the template', () => {
  test('each have what rings them and what does not', () => {
    const all = app.alarms.map(({ logicalId }) => logicalId);

    expect([...Object.keys(ALARM_CASES), ...HEARTBEATS].sort()).toEqual(
      [...new Set([...all, ...HEARTBEATS])].sort(),
    );
  });

  test.each(Object.keys(ALARM_CASES))('%s rings when it has to', async (logicalId) => {
    const { rings = [], watchMinutes } = ALARM_CASES[logicalId] ?? {};

    expect([...(await statesOf(logicalId, rings, watchMinutes))]).toContain('ALARM');
  });

  test.each(Object.keys(ALARM_CASES))('%s is silent when it must', async (logicalId) => {
    const { silent = [], watchMinutes } = ALARM_CASES[logicalId] ?? {};

    expect([...(await statesOf(logicalId, silent, watchMinutes))]).not.toContain('ALARM');
  });
});

describe('the runbooks', () => {
  const whole = loadApp({
    root: '.',
    templateFile: 'template.yaml',
    stackName: 'signalbox-test',
    region: 'us-east-1',
    accountId: '123456789012',
    endpoint: 'http://127.0.0.1:4700',
    parameterOverrides: { WebDatabaseCluster: 'web-data', WebTierGroup: 'web-tier' },
  });
  if (!whole.ok) throw new Error(JSON.stringify(whole.problems));
  const described = [
    ...whole.value.alarms.map(({ logicalId, putMetricAlarm }) => ({
      logicalId,
      text: String(putMetricAlarm['AlarmDescription']),
    })),
    ...whole.value.compositeAlarms.map(({ logicalId, putCompositeAlarm }) => ({
      logicalId,
      text: String(putCompositeAlarm['AlarmDescription']),
    })),
  ];

  test.each(described)('have a section for $logicalId, which its description names', (alarm) => {
    const [, file = '', anchor = ''] =
      /: (docs\/runbooks\/[\w-]+\.md)#([\w-]+)$/.exec(alarm.text) ?? [];
    const sections = readFileSync(file, 'utf8').split(/^(?=#{1,2} )/m);
    const section = sections.find((one) => anchorOf(one.split('\n')[0] ?? '') === anchor);

    expect(section).toContain(alarm.logicalId);
  });

  test('have an index of every alarm and of no other', () => {
    const rows = readFileSync('docs/runbooks/README.md', 'utf8').matchAll(
      /^\| (\w+Alarm) \|.*\((\S+)\) \|$/gm,
    );
    const index = [...rows].map(([, name, link]) => `${name} docs/runbooks/${link}`);

    expect(index.sort()).toEqual(
      described.map(({ logicalId, text }) => `${logicalId} ${text.split(' ').at(-1)}`).sort(),
    );
  });
});

/** The anchor that GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}_\- ]/gu, '')
    .replaceAll(' ', '-');
}
