import { describe, expect, test } from '@jest/globals';
import { parsePlan } from '../../functions/failover/plan.ts';
import { loadApp } from '../../packages/signalbox/src/template/load-app.ts';

const PARTS = {
  WebDatabaseCluster: 'web-data',
  WebGlobalCluster: 'web-global',
  WebTierGroup: 'web-tier',
};

/** The app as it is deployed with those parameters. */
function appOf(parameterOverrides: Readonly<Record<string, string>>) {
  const app = loadApp({
    root: '.',
    templateFile: 'template.yaml',
    stackName: 'signalbox-test',
    region: 'us-east-1',
    accountId: '123456789012',
    endpoint: 'http://127.0.0.1:4700',
    parameterOverrides: { ...PARTS, ...parameterOverrides },
  });
  if (!app.ok) throw new Error(JSON.stringify(app.problems));
  return app.value;
}

/** Text of the plan as the template makes it. */
function planText(overrides: Readonly<Record<string, string>>): string {
  return (
    appOf(overrides).ssmParameters.find(({ logicalId }) => logicalId === 'DrPlan')?.value ?? ''
  );
}

const planOf = (overrides: Readonly<Record<string, string>>) =>
  parsePlan(planText(overrides), 'us-east-1');

/** ARNs of so many event source mappings, as a parameter has them. */
const mappingArns = (region: string, count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `arn:aws:lambda:${region}:123456789012:event-source-mapping:0e000000-0000-4000-8000-00000000000${index}`,
  ).join(',');

const alarmsOf = (overrides: Readonly<Record<string, string>>) =>
  appOf(overrides).alarms.map(({ logicalId }) => logicalId);

describe('the plan of the template', () => {
  test.each(['routing-controls', 'health-check-object'])(
    'is valid and fits into its parameter, by %s',
    (TrafficSwitch) => {
      const text = planText({ TrafficSwitch, GameDayState: 'ENABLED' });

      expect(() => parsePlan(text, 'us-east-1')).not.toThrow();
      expect(text.length).toBeLessThanOrEqual(4_096);
    },
  );

  test('has drills only of the scenario that has game days', () => {
    const enabled = { GameDayState: 'ENABLED', GameDayScenario: 'region' };

    expect(planOf({}).drilledScenarios).toEqual([]);
    expect(planOf(enabled).drilledScenarios).toEqual(['region']);
    expect(planOf({ ...enabled, GameDayKind: 'dry-run' }).drilledScenarios).toEqual([]);
  });

  test('asks functions of one\u2019s own before and after the traffic comes', () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function';
    const RegionBeforeFunction = `${arn}:switch-mappings`;
    const RegionAfterFunction = `${arn}:warm-cache`;
    const { waves = [] } =
      planOf({ RegionBeforeFunction, RegionAfterFunction }).scenarios['region'] ?? {};

    expect(waves.map(({ name }) => name)).toEqual([
      'database',
      'application',
      'before-traffic',
      'traffic',
      'after-traffic',
    ]);
    expect(waves[2]?.steps).toEqual([
      { kind: 'lambda-function', function: RegionBeforeFunction, undo: 'call' },
    ]);
    const longest = planText({
      RegionBeforeFunction,
      RegionEventSourceMappings: mappingArns('us-east-1', 3),
      PeerEventSourceMappings: mappingArns('us-west-2', 3),
      RegionAfterFunction,
      TrafficSwitch: 'health-check-object',
      GameDayState: 'ENABLED',
    });
    expect(longest.length).toBeLessThanOrEqual(4_096);
  });

  test('turns event source mappings off where a graceful run leaves, and on where it comes to', () => {
    const RegionEventSourceMappings = mappingArns('us-east-1', 2);
    const PeerEventSourceMappings = mappingArns('us-west-2', 1);
    const { waves = [] } =
      planOf({ RegionEventSourceMappings, PeerEventSourceMappings }).scenarios['region'] ?? {};

    expect(waves.map(({ name }) => name)).toEqual([
      'consumers-off',
      'database',
      'application',
      'before-traffic',
      'traffic',
    ]);
    expect(waves[0]?.steps).toEqual([
      {
        kind: 'event-source-mappings',
        action: 'disable',
        ungraceful: 'skip',
        mappings: [PeerEventSourceMappings],
      },
    ]);
    expect(waves[3]?.steps).toEqual([
      {
        kind: 'event-source-mappings',
        action: 'enable',
        mappings: RegionEventSourceMappings.split(','),
      },
    ]);
  });

  test('asks the page of the application that the parameters name', () => {
    const ApplicationHealthUrl = 'https://web.example.com/health';

    expect(planOf({})).not.toHaveProperty('healthUrl');
    expect(planOf({ ApplicationHealthUrl })).toMatchObject({ healthUrl: ApplicationHealthUrl });
    expect(planOf({ ApplicationHealthUrl, ApplicationRegionHeader: 'x-region' })).toMatchObject({
      healthUrl: ApplicationHealthUrl,
      healthRegionHeader: 'x-region',
    });
  });

  test('has no alarm, trigger, scenario or wave of a part that is not there', () => {
    const without = { WebDatabaseCluster: '', WebGlobalCluster: '', WebTierGroup: '' };
    const kinds = ({ scenarios }: ReturnType<typeof planOf>) =>
      Object.entries(scenarios).map(([name, { waves }]) => [name, waves.length]);

    expect(kinds(planOf({}))).toEqual([
      ['database', 1],
      ['application', 1],
      ['region', 3],
    ]);
    expect(planOf({ WebDatabaseCluster: '' })).toMatchObject({
      triggers: [{ scenario: 'application' }],
    });
    expect(planOf(without)).toMatchObject({ applicationHealthAlarms: [], triggers: [] });
    expect(kinds(planOf(without))).toEqual([['region', 1]]);
    expect(alarmsOf(without)).not.toContain('DatabaseUnavailableAlarm');
    expect(alarmsOf({})).toContain('DatabaseUnavailableAlarm');
  });

  test('verifies an activated Region by what serves there, not by the database that it leaves alone', () => {
    const { applicationHealthAlarms, scenarios } = planOf({});

    expect(applicationHealthAlarms).toHaveLength(2);
    expect(scenarios['region']?.applicationHealthAlarms).toEqual(applicationHealthAlarms.slice(1));
  });
});
