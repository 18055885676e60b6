import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import { foldSteps } from '../../history/steps/fold-steps.ts';
import { parseStateMachine } from '../../states-language/parse/parse-state-machine.ts';
import { graphLines } from './graph-lines.ts';
import { graphVisits } from './graph-visits.ts';
import { type MachineGraph, machineGraph } from './machine-graph.ts';

function graphOf(definition: Json): MachineGraph {
  const parsed = parseStateMachine(definition);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return machineGraph(parsed.value);
}

const GRAPH = graphOf({
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [{ Variable: '$.n', NumericGreaterThan: 3, Next: 'Many' }],
      Default: 'Few',
    },
    Many: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
      Next: 'Done',
    },
    Few: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'f' },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
});

describe('graphLines()', () => {
  test('draws a definition', () => {
    expect(graphLines(GRAPH, undefined, { width: 80, withCatches: true }).join('\n')).toBe(
      [
        '· Check  Choice',
        '├─▶ Many  if $.n > 3',
        '└─▶ Few  Default',
        '',
        '· Many  Map Inline',
        '│ ┌ each item',
        '│ │ · One  Pass',
        '│ └',
        '│',
        '· Done  Succeed',
        '',
        '· Few  Task lambda:invoke',
        '├─▶ Done',
        '└─▶ Done  Catch States.ALL',
      ].join('\n'),
    );
  });

  test('draws the way that an execution took, no line longer than wished', () => {
    const at = (ms: number) => new Date(ms);
    const fold = foldSteps([
      { id: 1, type: 'ExecutionStarted', timestamp: at(0), previousEventId: 0 },
      {
        ...{ id: 2, type: 'ChoiceStateEntered', timestamp: at(0), previousEventId: 0 },
        stateEnteredEventDetails: { name: 'Check', input: '{"n":1}' },
      },
      {
        ...{ id: 3, type: 'ChoiceStateExited', timestamp: at(5), previousEventId: 2 },
        stateExitedEventDetails: { name: 'Check', output: '{"n":1}' },
      },
      {
        ...{ id: 4, type: 'TaskStateEntered', timestamp: at(5), previousEventId: 3 },
        stateEnteredEventDetails: { name: 'Few', input: '{"n":1}' },
      },
    ]);
    const visits = graphVisits(GRAPH, fold.steps);
    const lines = graphLines(GRAPH, visits, { width: 26, withCatches: false });

    expect(lines.slice(0, 3)).toEqual([
      '✓ Check  Choice · 5 ms',
      '├─▶ Many  if $.n > 3',
      '└━▶ Few  Default',
    ]);
    expect(lines).toContain('▶ Few  Task lambda:invoke');
    expect(lines).not.toContain('└─▶ Done  Catch States.ALL');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(26);
  });
});
