import { describe, expect, test } from '@jest/globals';
import type { ExecutionResult } from '../scenario-result.ts';
import { executionDifferences } from './executions.ts';

const execution: ExecutionResult = {
  executionArn: 'arn:1',
  name: 'e-1',
  stateMachine: 'visits',
  status: 'SUCCEEDED',
  error: undefined,
  cause: undefined,
  input: { detail: { id: 'v-1' } },
  output: { outcome: 'greeted', phases: [{ name: 'wait' }] },
  path: ['Wait', 'Greet'],
  durationMs: 5,
};
const expected = {
  status: 'SUCCEEDED',
  lastState: 'Greet',
  input: { 'detail.id': 'v-1' },
  output: { outcome: 'greeted' },
};

describe('executionDifferences()', () => {
  test('finds no difference where all is as it must be', () => {
    const path = ['Wait', 'Greet'];
    const output = { 'phases.0.name': 'wait', outcome: 'greet*' };
    expect(executionDifferences([{ ...expected, path, output }], [execution])).toEqual([]);
  });

  test('lets a race have any winner', () => {
    const input = { 'detail.id': 'v-*' };
    const races = [
      { status: 'FAILED', input, output: {} },
      { status: 'SUCCEEDED', input, output: {} },
    ];
    const loser = { ...execution, input: { detail: { id: 'v-2' } }, status: 'FAILED' };
    expect(executionDifferences(races, [execution, loser])).toEqual([]);
    expect(executionDifferences(races, [execution])).toEqual([
      'expected an execution of detail.id v-* FAILED; none is left',
    ]);
  });

  test('shows the one that has most of what is expected, and names one that is too many', () => {
    const other = {
      ...execution,
      input: { detail: { id: 'v-2' } },
      status: 'FAILED',
      output: null,
    };
    const near = { ...execution, error: 'Late', path: ['Wait'], output: null };
    expect(executionDifferences([expected], [other, near])).toEqual([
      'expected an execution of detail.id v-1 SUCCEEDED in Greet outcome greeted; nearest: of detail.id v-1 SUCCEEDED Late in Wait',
      'did not expect the execution of e-1 FAILED in Greet',
    ]);
  });

  test('shows the way of the nearest where a way is expected', () => {
    const other = { ...expected, path: ['Greet'] };
    expect(executionDifferences([other], [execution])).toEqual([
      'expected an execution of detail.id v-1 SUCCEEDED in Greet by Greet outcome greeted; nearest: of detail.id v-1 SUCCEEDED by Wait → Greet with {"outcome":"greeted","phases":[{"name":"wait"}]}',
    ]);
  });
});
