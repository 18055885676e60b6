import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type Json } from '../packages/signalbox/src/core/json.ts';
import { valueAt } from '../packages/signalbox/src/index.ts';
import type { App } from '../packages/signalbox/src/template/app.ts';
import { loadApp } from '../packages/signalbox/src/template/load-app.ts';

function appWith(parameterOverrides: Readonly<Record<string, string>>): App {
  const app = loadApp({
    root: '.',
    stackName: 'signalbox-test',
    region: 'us-east-1',
    accountId: '123456789012',
    endpoint: 'http://127.0.0.1:4700',
    parameterOverrides,
  });
  if (!app.ok) throw new Error(JSON.stringify(app.problems));
  return app.value;
}

const all = appWith({});

const stackPaths = (app: App): readonly string[] => app.nestedStacks.map(({ path }) => path);
const machines = (app: App): readonly string[] => app.stateMachines.map(({ name }) => name);

describe('the stacks', () => {
  test('are one a domain, after the one that they share', () => {
    expect(stackPaths(all)).toEqual(['Operations', 'Orders', 'Failover', 'Lifecycle', 'Costs']);
  });

  test.each(['Orders', 'Failover', 'Lifecycle', 'Costs'])(
    'resolve without %s, which takes its resources, outputs and permissions along',
    (domain) => {
      const without = appWith({ [`Deploy${domain}`]: 'false' });

      expect(stackPaths(without)).toEqual(stackPaths(all).filter((path) => path !== domain));
      const left = all.resources.filter(
        ({ path }) => path !== domain && !path.startsWith(`${domain}/`),
      );
      expect(without.resources).toEqual(left);
      const lost = all.nestedStacks.find(({ path }) => path === domain)?.outputs ?? {};
      expect(Object.keys(lost).length).toBeGreaterThan(0);
      expect(Object.keys(without.outputs)).toEqual(
        Object.keys(all.outputs).filter((name) => !(name in lost)),
      );
    },
  );

  test('call each function by its alias, and by nothing else', () => {
    const { functions, stateMachines, rules, schedules, eventSourceMappings, roles } = all;
    for (const { name, qualifiers } of functions) {
      expect({ name, qualifiers }).toEqual({ name, qualifiers: ['1', 'live'] });
    }
    const callers = JSON.stringify([stateMachines, rules, schedules, roles, all.outputs]);
    const called = functions.filter(({ arn }) => callers.includes(`${arn}:live`));
    expect(called.length).toBeGreaterThan(30);
    expect(
      functions.filter(({ arn }) => callers.split(`${arn}:live`).join('').includes(arn)),
    ).toEqual([]);
    expect(new Set(eventSourceMappings.map(({ qualifier }) => qualifier))).toEqual(
      new Set(['live']),
    );
  });

  test('of a second Region are orders and failovers', () => {
    const second = appWith({ DeployLifecycle: 'false', DeployCosts: 'false' });

    expect(machines(second)).toEqual([
      'signalbox-test-order-processing',
      'signalbox-test-order-reconciliation',
      'signalbox-test-dr-failover',
    ]);
  });

  test('watch every rule whose dead letters may be refused, by the dimensions that AWS counts under', () => {
    const watched = all.alarms
      .flatMap(({ putMetricAlarm: { Metrics } }) => (Array.isArray(Metrics) ? Metrics : []))
      .map((metric: Json) => valueAt({ metric }, 'metric.MetricStat.Metric') ?? null)
      .filter(isJsonObject)
      .filter(({ MetricName }) => MetricName === 'InvocationsFailedToBeSentToDlq')
      .map(({ Dimensions }) => JSON.stringify(Dimensions));
    const rules = all.rules
      .filter(({ targets }) => targets.some(({ deadLetterArn }) => deadLetterArn !== undefined))
      .map(({ name, eventBusName }) =>
        JSON.stringify([
          ...(eventBusName === 'default' ? [] : [{ Name: 'EventBusName', Value: eventBusName }]),
          { Name: 'RuleName', Value: name },
        ]),
      );
    expect(rules.length).toBeGreaterThan(10);
    expect(watched.sort()).toEqual(rules.sort());
  });

  test('name what people see after the application, and not after a nested stack', () => {
    expect(all.eventBuses.map(({ name }) => name)).toEqual([
      'signalbox-test-operations',
      'signalbox-test-orders',
    ]);
    for (const name of machines(all)) expect(name).toMatch(/^signalbox-test-[a-z0-9-]+$/);
    for (const { name } of all.rules) expect(name).toMatch(/^signalbox-test-/);
  });

  test('let the workflows that ask for approval, and no other, return a decision', () => {
    const role = all.roles.find(
      ({ logicalId }) => logicalId === 'DecideOperationApprovalFunctionRole',
    );

    const allowed = JSON.stringify(role?.statements);
    const arns = all.stateMachines.map(({ arn }) => arn).filter((arn) => allowed.includes(arn));
    expect(arns.map((arn) => arn.split(':').at(-1))).toEqual([
      'signalbox-test-dr-failover',
      'signalbox-test-s3-lifecycle-repair',
    ]);
  });
});
