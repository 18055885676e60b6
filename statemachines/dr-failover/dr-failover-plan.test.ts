import { describe, expect, test } from '@jest/globals';
import { parsePlan } from '../../functions/failover/plan.ts';
import { loadApp } from '../../packages/signalbox/src/template/load-app.ts';

/** Text of the plan as the template makes it. */
function planText(parameterOverrides: Readonly<Record<string, string>>): string {
  const app = loadApp({
    root: '.',
    templateFile: 'template.yaml',
    stackName: 'signalbox-test',
    region: 'us-east-1',
    accountId: '123456789012',
    endpoint: 'http://127.0.0.1:4700',
    parameterOverrides,
  });
  if (!app.ok) throw new Error(JSON.stringify(app.problems));
  return app.value.ssmParameters.find(({ logicalId }) => logicalId === 'DrPlan')?.value ?? '';
}

const planOf = (overrides: Readonly<Record<string, string>>) =>
  parsePlan(planText(overrides), 'us-east-1');

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

  test('verifies an activated Region by what serves there, not by the database that it leaves alone', () => {
    const { applicationHealthAlarms, scenarios } = planOf({});

    expect(applicationHealthAlarms).toHaveLength(2);
    expect(scenarios['region']?.applicationHealthAlarms).toEqual(applicationHealthAlarms.slice(1));
  });
});
