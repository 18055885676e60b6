import { describe, expect, test } from '@jest/globals';
import { parsePlan } from './plan.ts';

const group = { kind: 'auto-scaling-group', group: 'web-tier' };
const wave = { name: 'application', steps: [group] };
const plan = {
  version: 1,
  name: 'web-platform',
  recoveryTimeObjectiveSeconds: 900,
  recoveryPointObjectiveSeconds: 60,
  cooldownMinutes: 60,
  drillEveryDays: 30,
  approval: {
    real: 'required',
    drill: 'not-required',
    automatic: 'not-required',
    timeoutSeconds: 900,
  },
  applicationHealthAlarms: ['web'],
  triggers: [{ alarm: 'web', scenario: 'application', mode: 'ungraceful' }],
  scenarios: { application: { waves: [wave] } },
};

function problems(changes: object): string {
  try {
    parsePlan(JSON.stringify({ ...plan, ...changes }), 'us-east-1');
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : '';
  }
}

function withSteps(...steps: object[]): object {
  return { scenarios: { application: { waves: [{ name: 'one', steps }] } } };
}

describe('parsePlan()', () => {
  test('takes a plan that is right', () => {
    expect(parsePlan(JSON.stringify(plan), 'us-east-1')).toMatchObject({
      name: 'web-platform',
      verificationTimeoutSeconds: 600,
    });
  });

  test('tells everything that is wrong with its fields', () => {
    expect(problems({ version: 2, cooldownMinutes: -1, extra: true })).toBe(
      'InvalidPlanError: Cannot read the plan: version: Is not of type 1; cooldownMinutes: Invalid value: Expected >=0 but received -1; extra: Is not a known field',
    );
  });

  test('refuses what is no JSON', () => {
    expect(() => parsePlan('{', 'us-east-1')).toThrow('Cannot read the plan: It is not JSON');
  });

  test('refuses an unknown kind of step loudly', () => {
    expect(problems(withSteps({ kind: 'elasticache' }))).toBe(
      'InvalidPlanError: Cannot read the plan: scenarios.application.waves[0].steps[0]: Is none of the kinds aurora-cluster, aurora-global-cluster, auto-scaling-group, routing-controls, health-check-object, lambda-function, event-source-mappings',
    );
  });

  test('has each step read by its kind', () => {
    expect(problems(withSteps({ ...group, desiredCapacity: 0, hurry: true }))).toContain(
      'scenarios.application.waves[0].steps[0].desiredCapacity: Invalid value: Expected >=1 but received 0; scenarios.application.waves[0].steps[0].hurry: Is not a known field',
    );
  });

  test('refuses two steps that change one thing at once', () => {
    expect(problems(withSteps(group, group))).toContain(
      'scenarios.application.waves[0]: Two steps change auto-scaling:us-east-1:web-tier at once',
    );
  });

  test('refuses a trigger of a scenario that there is not', () => {
    expect(problems({ triggers: [{ alarm: 'a', scenario: 'x', mode: 'graceful' }] })).toContain(
      'triggers[0].scenario: There is no scenario x',
    );
    expect(problems({ drilledScenarios: ['application', 'x'] })).toContain(
      'drilledScenarios[1]: There is no scenario x',
    );
  });

  test('refuses what the workflow’s time and history do not hold', () => {
    const slow = { ...wave, steps: [{ ...group, timeoutSeconds: 1_800 }] };
    const busy = { ...group, timeoutSeconds: 1_800, waitSeconds: 1 };

    expect(problems({ scenarios: { application: { waves: Array(5).fill(slow) } } })).toContain(
      'scenarios.application: The waves may take 9000 s, which is more than 7200 s',
    );
    expect(problems(withSteps(busy))).toContain(
      'scenarios.application: The steps may be looked at 1800 times, more than 1500',
    );
  });
});
