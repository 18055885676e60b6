import { describe, expect, test } from '@jest/globals';
import { differencesOf } from './differences-of.ts';
import type { ExecutionResult, ScenarioResult } from './scenario-result.ts';

const execution: ExecutionResult = {
  executionArn: 'arn:1',
  name: '1',
  stateMachine: 'orders',
  orderId: 'o-1',
  approvalId: undefined,
  status: 'SUCCEEDED',
  error: undefined,
  cause: undefined,
  output: { outcome: 'confirmed' },
  path: ['Claim', 'Confirm'],
  durationMs: 5,
};

const played: ScenarioResult = {
  events: [],
  executions: [execution],
  omissions: [],
  orders: { 'o-1': 'CONFIRMED' },
  compensationFailures: [],
  stock: { pen: 4 },
  payments: { 'o-1': 'charged' },
  deadLetters: 0,
  world: {},
  heldLocks: [],
  mutatingCalls: [],
  reports: [],
  published: [],
  metrics: {},
};

const expected = {
  executions: [{ orderId: 'o-1', status: 'SUCCEEDED', lastState: 'Confirm', output: {} }],
  orders: [{ orderId: 'o-1', status: 'CONFIRMED' }],
  stock: { pen: 4 },
  payments: { 'o-1': 'charged' as const },
  deadLetters: 0,
  compensationFailures: [],
  world: {},
  locksFree: true,
  reports: [],
  metrics: {},
};

describe('differencesOf()', () => {
  test('finds no difference where all is as it must be', () => {
    expect(differencesOf(expected, played)).toEqual([]);
  });

  test('lets a race have any winner', () => {
    const races = {
      ...expected,
      executions: [
        { orderId: 'o-*', status: 'FAILED', output: {} },
        { orderId: 'o-*', status: 'SUCCEEDED', output: {} },
      ],
      orders: [
        { orderId: 'o-*', status: 'CONFIRMED' },
        { orderId: 'o-*', status: 'FAILED' },
      ],
      payments: { 'o-*': ['none' as const, 'charged' as const] },
    };
    const loser = { ...execution, orderId: 'o-2', status: 'FAILED' };
    const won = {
      ...played,
      executions: [execution, loser],
      orders: { 'o-1': 'CONFIRMED', 'o-2': 'FAILED' },
      payments: { 'o-1': 'charged', 'o-2': 'none' },
    };

    expect(differencesOf(races, won)).toEqual([]);
    expect(
      differencesOf(races, { ...won, orders: { 'o-1': 'CONFIRMED', 'o-2': 'CONFIRMED' } }),
    ).toEqual(['order o-*: expected FAILED, got o-2 CONFIRMED']);
  });

  test('shows an execution that is missing with the nearest, and names one that is too many', () => {
    const failed = { ...execution, status: 'FAILED', error: 'OutOfStockError' };
    expect(differencesOf(expected, { ...played, executions: [failed] })).toEqual([
      'expected an execution of o-1 SUCCEEDED in Confirm; nearest: of o-1 FAILED OutOfStockError in Confirm with {"outcome":"confirmed"}',
    ]);
  });

  test('shows the one that has most of what is expected, and says when none is left', () => {
    const other = { ...execution, orderId: 'o-2', status: 'FAILED', path: ['Claim'] };
    const near = { ...execution, error: 'Late', path: ['Claim'] };
    expect(differencesOf(expected, { ...played, executions: [other, near] })).toEqual([
      'expected an execution of o-1 SUCCEEDED in Confirm; nearest: of o-1 SUCCEEDED Late in Claim with {"outcome":"confirmed"}',
      'did not expect the execution of o-2 FAILED in Claim with {"outcome":"confirmed"}',
    ]);
    expect(differencesOf(expected, { ...played, executions: [] })).toEqual([
      'expected an execution of o-1 SUCCEEDED in Confirm; none is left',
    ]);
  });

  test('names every other difference', () => {
    const wrong = {
      ...played,
      orders: {},
      stock: { pen: 5 },
      payments: { 'o-1': 'refunded' },
      deadLetters: 1,
      compensationFailures: ['RefundPayment'],
    };
    expect(differencesOf(expected, wrong)).toEqual([
      'order o-1: expected CONFIRMED, got none',
      'stock of pen: expected 4, got 5',
      'payment of o-1: expected charged, got refunded',
      'failed compensations: expected none, got RefundPayment',
      'dead letters: expected 0, got 1',
    ]);
  });

  test('finds operations as they must be, and names every difference', () => {
    const { orderId: _, ...failover } = execution;
    const output = { outcome: 'succeeded', phases: [{ name: 'switch' }] };
    const operation = {
      ...played,
      executions: [{ ...failover, orderId: undefined, output }],
      world: { 'rds.web-data.writer': 'web-data-2', 'alarms.red': null },
      mutatingCalls: ['rds:FailoverDBCluster'],
      reports: ['failovers/2026/1/report.json', 'failovers/2026/1/report.md'],
      published: ['FailoverStarted', 'FailoverCompleted'],
      metrics: { Drills: 1 },
    };
    const right = {
      ...expected,
      ...{ orders: [], stock: {}, payments: {} },
      executions: [
        {
          status: 'SUCCEEDED',
          output: { outcome: 'succeeded', 'phases.0.name': 'switch' },
        },
      ],
      world: { 'rds.web-data.writer': 'web-data-2', 'alarms.red': null },
      mutatingCalls: ['rds:FailoverDBCluster'],
      reports: ['failovers/*/report.json', 'failovers/*/*.md'],
      published: ['FailoverCompleted', 'FailoverStarted'],
      metrics: { Drills: 1 },
    };
    expect(differencesOf(right, operation)).toEqual([]);

    const wrong = {
      ...right,
      executions: [{ status: 'SUCCEEDED', output: { outcome: 'failed' } }],
      world: { 'rds.web-data.writer': 'web-data-3' },
      mutatingCalls: [],
      reports: ['failovers/*/report.csv', 'failovers/2026/1/report.*/2'],
      published: ['FailoverStarted'],
      metrics: { Drills: 0, Failovers: 1 },
    };
    const held = {
      ...operation,
      heldLocks: ['web-data'],
      omissions: ['the call rds:X never came'],
    };
    expect(differencesOf(wrong, held)).toEqual([
      'the call rds:X never came',
      'expected an execution SUCCEEDED outcome failed; nearest: SUCCEEDED in Confirm with {"outcome":"succeeded","phases":[{"name":"switch"}]}',
      'rds.web-data.writer: expected web-data-3, got web-data-2',
      'locks held: expected none, got web-data',
      'mutating calls: expected none, got rds:FailoverDBCluster',
      'events published: expected FailoverStarted, got FailoverCompleted, FailoverStarted',
      'metric Drills: expected 0, got 1',
      'metric Failovers: expected 1, got 0',
      'report failovers/*/report.csv: got failovers/2026/1/report.json, failovers/2026/1/report.md',
      'report failovers/2026/1/report.*/2: got failovers/2026/1/report.json, failovers/2026/1/report.md',
    ]);
  });
});
