import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import { parseStateMachine } from '../../states-language/parse/parse-state-machine.ts';
import { conditionText } from './condition-text.ts';
import { machineGraph } from './machine-graph.ts';

function graphOf(definition: Json) {
  const parsed = parseStateMachine(definition);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return machineGraph(parsed.value);
}

describe('machineGraph()', () => {
  test('shows every way out of a state, with the reason for which it is taken', () => {
    const { nodes, edges } = graphOf({
      StartAt: 'Charge',
      States: {
        Charge: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: 'charge' },
          Retry: [{ ErrorEquals: ['Busy'] }],
          Catch: [{ ErrorEquals: ['Declined', 'Lost'], Next: 'Undo' }],
          Next: 'Big?',
        },
        'Big?': {
          Type: 'Choice',
          Choices: [{ Variable: '$.total', NumericGreaterThanEquals: 100, Next: 'Pause' }],
          Default: 'Undo',
        },
        Pause: { Type: 'Wait', Seconds: 5, End: true },
        Undo: { Type: 'Fail' },
      },
    });

    expect(edges).toEqual([
      { from: 'Charge', to: 'Big?', kind: 'next' },
      { from: 'Charge', to: 'Undo', kind: 'catch', label: 'Declined, Lost' },
      { from: 'Big?', to: 'Pause', kind: 'choice', label: '$.total ≥ 100' },
      { from: 'Big?', to: 'Undo', kind: 'default', label: 'Default' },
    ]);
    expect(nodes[0]).toMatchObject({
      detail: 'lambda:invoke',
      retriers: [{ errorEquals: ['Busy'], intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 }],
    });
    expect(nodes[2]).toMatchObject({ waitSeconds: 5 });
  });

  test('holds the branches of a Parallel and the processor of a Map', () => {
    const inner = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Succeed' } } });
    const { nodes } = graphOf({
      StartAt: 'Both',
      States: {
        Both: { Type: 'Parallel', Branches: [inner('Left'), inner('Right')], Next: 'Each' },
        Each: { Type: 'Map', ItemProcessor: inner('One'), End: true },
      },
    });

    expect(nodes.map(({ inside }) => inside.map(({ startAt }) => startAt))).toEqual([
      ['Left', 'Right'],
      ['One'],
    ]);
    expect(nodes[1]?.detail).toBe('Inline');
  });
});

describe('conditionText()', () => {
  test.each([
    [{ Variable: '$.a', StringEquals: 'x' }, '$.a == "x"'],
    [{ Variable: '$.a', NumericLessThanPath: '$.b' }, '$.a < $.b'],
    [{ Variable: '$.a', IsPresent: false }, '$.a is not present'],
    [{ Variable: '$.a', StringMatches: 'a*' }, '$.a matches "a*"'],
    [{ Not: { Variable: '$.a', BooleanEquals: true } }, 'not ($.a == true)'],
    [
      {
        And: [
          { Variable: '$.a', IsNull: true },
          {
            Or: [
              { Variable: '$.b', NumericEquals: 1 },
              { Variable: '$.b', NumericEquals: 2 },
            ],
          },
        ],
      },
      '$.a is null and ($.b == 1 or $.b == 2)',
    ],
    [{ Condition: '{% $states.input.n > 1 %}' }, '$states.input.n > 1'],
    [{ Condition: '{% (\n  $a := 1;\n  $a = $b\n) %}' }, '( $a := 1; $a = $b )'],
  ])('writes %j in one line', (rule, text) => {
    expect(conditionText(rule)).toBe(text);
  });
});
