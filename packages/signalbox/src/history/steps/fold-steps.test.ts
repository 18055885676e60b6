import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { failingStep } from './failing-step.ts';
import { foldSteps, StepFold } from './fold-steps.ts';
import { statisticsOf } from './statistics.ts';
import { stepRows } from './step-rows.ts';
import { segmentsOf } from './timeline.ts';
import { variablesBefore } from './variables.ts';

/** Writes events one second apart: `[type, previous event, details]`. */
function history(...lines: readonly [string, number, object?][]): readonly HistoryEvent[] {
  return lines.map(([type, previousEventId, details], index) => {
    const kind = type
      .replace(/^(\w+)State(Entered|Exited)$/, 'state$2')
      .replace(/^./, (c) => c.toLowerCase());
    return {
      id: index + 1,
      previousEventId,
      timestamp: new Date(index * 1000),
      type,
      ...(details && { [`${kind}EventDetails`]: details }),
    } as HistoryEvent;
  });
}

const entered = (type: string, name: string, previous: number): [string, number, object] => [
  `${type}StateEntered`,
  previous,
  { name, input: '{}' },
];
const exited = (
  type: string,
  name: string,
  previous: number,
  more = {},
): [string, number, object] => [
  `${type}StateExited`,
  previous,
  { name, output: '{"done":true}', ...more },
];

const MAP_WITH_FAILURE = history(
  ['ExecutionStarted', 0],
  entered('Map', 'Each', 0),
  ['MapStateStarted', 2, { length: 2 }],
  ['MapIterationStarted', 3, { name: 'Each', index: 0 }],
  entered('Task', 'Do', 4),
  ['MapIterationStarted', 3, { name: 'Each', index: 1 }],
  entered('Task', 'Do', 6),
  ['TaskScheduled', 5, { resourceType: 'lambda', resource: 'invoke', parameters: '{}' }],
  ['TaskFailed', 8, { error: 'Bad', cause: 'No' }],
  ['MapIterationFailed', 9, { name: 'Each', index: 0 }],
  ['MapIterationAborted', 7, { name: 'Each', index: 1 }],
  ['MapStateFailed', 10],
  exited('Map', 'Each', 12),
  entered('Pass', 'Mend', 13),
  exited('Pass', 'Mend', 14),
  ['ExecutionSucceeded', 15, { output: '{}' }],
);

describe('foldSteps()', () => {
  test('makes a step of the events of a state, with its attempts', () => {
    const { steps } = foldSteps(
      history(
        ['ExecutionStarted', 0],
        entered('Task', 'Charge', 0),
        ['TaskScheduled', 2, { resourceType: 'lambda', resource: 'invoke', parameters: '{"a":1}' }],
        ['TaskFailed', 3, { error: 'Busy', cause: 'Later' }],
        ['TaskScheduled', 4, { resourceType: 'lambda', resource: 'invoke', parameters: '{"a":1}' }],
        ['TaskSucceeded', 5, { output: '{"b":2}' }],
        exited('Task', 'Charge', 6, { assignedVariables: { id: '"7"' } }),
      ),
    );

    expect(steps).toMatchObject([
      {
        name: 'Charge',
        type: 'Task',
        status: 'succeeded',
        enteredMs: 1000,
        exitedMs: 6000,
        eventIds: [2, 3, 4, 5, 6, 7],
        attempts: [
          { status: 'failed', error: 'Busy', cause: 'Later', resource: 'lambda:invoke' },
          { status: 'succeeded', output: '{"b":2}' },
        ],
      },
    ]);
    expect(segmentsOf(steps[0]!, 0)).toEqual([
      { kind: 'run', fromMs: 1000, toMs: 2000 },
      { kind: 'failed-attempt', fromMs: 2000, toMs: 3000 },
      { kind: 'backoff', fromMs: 3000, toMs: 4000 },
      { kind: 'run', fromMs: 4000, toMs: 5000 },
      { kind: 'run', fromMs: 5000, toMs: 6000 },
    ]);
  });

  test('puts the steps of iterations below their Map, and ends them with it', () => {
    const fold = foldSteps(MAP_WITH_FAILURE);
    const { steps } = fold;

    expect(steps.map(({ name, status, parent }) => [name, status, parent])).toEqual([
      ['Each', 'caught', undefined],
      ['Do', 'failed', { stepId: 2, index: 0 }],
      ['Do', 'aborted', { stepId: 2, index: 1 }],
      ['Mend', 'succeeded', undefined],
    ]);
    expect([...steps[0]!.iterations.values()].map(({ status }) => status)).toEqual([
      'failed',
      'aborted',
    ]);
    expect(fold.stepOf(9)?.id).toBe(5);
    expect(failingStep(steps)?.name).toBe('Do');
  });

  test('gives each branch of a Parallel an index, in the order in which they begin', () => {
    const { steps } = foldSteps(
      history(
        ['ExecutionStarted', 0],
        entered('Parallel', 'Both', 0),
        ['ParallelStateStarted', 2],
        entered('Pass', 'Left', 3),
        entered('Pass', 'Right', 3),
        exited('Pass', 'Left', 4),
        entered('Pass', 'More', 6),
        exited('Pass', 'Right', 5),
        exited('Pass', 'More', 7),
        ['ParallelStateSucceeded', 9],
        exited('Parallel', 'Both', 10),
      ),
    );

    expect(steps.map(({ name, parent }) => [name, parent?.index])).toEqual([
      ['Both', undefined],
      ['Left', 0],
      ['Right', 1],
      ['More', 0],
    ]);
    expect(steps[0]?.status).toBe('succeeded');
  });

  test('takes events bit by bit as all at once, and each only once', () => {
    const whole = foldSteps(MAP_WITH_FAILURE);
    const bits = new StepFold();
    for (const event of MAP_WITH_FAILURE) bits.add([event]);
    bits.add(MAP_WITH_FAILURE);

    expect(bits.steps).toEqual(whole.steps);
  });

  test('fails the last step with the execution, and opens it again when it is redriven', () => {
    const events = history(
      ['ExecutionStarted', 0],
      entered('Task', 'Charge', 0),
      [
        'LambdaFunctionScheduled',
        2,
        { resource: 'arn:aws:lambda:x:1:function:charge', input: '{}' },
      ],
      ['LambdaFunctionFailed', 3, { error: 'Declined', cause: '{}' }],
      ['ExecutionFailed', 4, { error: 'Declined', cause: '{}' }],
      ['ExecutionRedriven', 5, { redriveCount: 1 }],
      [
        'LambdaFunctionScheduled',
        6,
        { resource: 'arn:aws:lambda:x:1:function:charge', input: '{}' },
      ],
      ['LambdaFunctionSucceeded', 7, { output: '{}' }],
      exited('Task', 'Charge', 8),
      ['ExecutionSucceeded', 9, { output: '{}' }],
    );

    expect(foldSteps(events.slice(0, 5)).steps).toMatchObject([
      { status: 'failed', error: 'Declined', exitedMs: 4000 },
    ]);
    expect(foldSteps(events).steps).toMatchObject([
      { status: 'succeeded', attempts: [{ resource: 'charge' }, { status: 'succeeded' }] },
    ]);
  });
});

describe('stepRows()', () => {
  test('lists what is open, by its group', () => {
    const { steps } = foldSteps(MAP_WITH_FAILURE);

    const rows = stepRows(steps, (key) => key === 'step/2' || key === '2/0');

    expect(rows.map(({ key, depth }) => [key, depth])).toEqual([
      ['step/2', 0],
      ['2/0', 1],
      ['step/5', 2],
      ['2/1', 1],
      ['step/14', 0],
    ]);
  });
});

describe('variablesBefore()', () => {
  test('sees what was assigned before it around it, and not what is inside another iteration', () => {
    const { steps } = foldSteps(
      history(
        ['ExecutionStarted', 0],
        entered('Pass', 'First', 0),
        exited('Pass', 'First', 2, { assignedVariables: { order: '1' } }),
        entered('Map', 'Each', 3),
        ['MapStateStarted', 4, { length: 1 }],
        ['MapIterationStarted', 5, { name: 'Each', index: 0 }],
        entered('Pass', 'In', 6),
        exited('Pass', 'In', 7, { assignedVariables: { item: '2' } }),
        entered('Pass', 'Next', 8),
        exited('Pass', 'Next', 9),
        ['MapIterationSucceeded', 10, { name: 'Each', index: 0 }],
        ['MapStateSucceeded', 11],
        exited('Map', 'Each', 12),
        entered('Pass', 'After', 13),
      ),
    );
    const named = (name: string) => steps.find((step) => step.name === name)!;

    expect(variablesBefore(steps, named('Next'))).toEqual({ order: '1', item: '2' });
    expect(variablesBefore(steps, named('After'))).toEqual({ order: '1' });
  });
});

describe('statisticsOf()', () => {
  test('counts visits, failures and times of each state', () => {
    expect(statisticsOf(foldSteps(MAP_WITH_FAILURE).steps)).toEqual([
      { name: 'Each', count: 1, failures: 1, retries: 0, p50Ms: 11_000, p95Ms: 11_000 },
      { name: 'Do', count: 2, failures: 2, retries: 0, p50Ms: 4000, p95Ms: 5000 },
      { name: 'Mend', count: 1, failures: 0, retries: 0, p50Ms: 1000, p95Ms: 1000 },
    ]);
  });
});
