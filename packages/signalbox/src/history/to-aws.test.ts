import { HistoryEventType } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import type { HistoryFact } from './history-event.ts';
import { toAws } from './to-aws.ts';

const PLACE = { id: 3, previousEventId: 2, timestamp: '2026-01-01T00:00:00.000Z' };

function details(fact: HistoryFact, includeExecutionData = true) {
  return toAws({ ...fact, ...PLACE }, { includeExecutionData });
}

describe('toAws()', () => {
  test('writes values as JSON texts, each beside its details', () => {
    expect(
      details({ type: 'PassStateExited', name: 'A', output: [1], assignedVariables: { v: 'x' } }),
    ).toEqual({
      id: 3,
      previousEventId: 2,
      timestamp: new Date(0 + Date.UTC(2026, 0, 1)),
      type: 'PassStateExited',
      stateExitedEventDetails: {
        name: 'A',
        output: '[1]',
        outputDetails: { truncated: false },
        assignedVariables: { v: '"x"' },
        assignedVariablesDetails: { truncated: false },
      },
    });
  });

  test('leaves out what nobody gave', () => {
    expect(details({ type: 'ExecutionFailed', error: undefined, cause: 'C' })).toMatchObject({
      executionFailedEventDetails: { cause: 'C' },
    });
  });

  test('hides the data of the execution where asked', () => {
    const { taskScheduledEventDetails, stateEnteredEventDetails } = {
      ...details(
        {
          type: 'TaskScheduled',
          resourceType: 'sqs',
          resource: 'sendMessage',
          region: 'r',
          parameters: { secret: 1 },
        },
        false,
      ),
      ...details({ type: 'TaskStateEntered', name: 'A', input: { secret: 1 } }, false),
    };

    expect(taskScheduledEventDetails).toEqual({
      resourceType: 'sqs',
      resource: 'sendMessage',
      region: 'r',
    });
    expect(stateEnteredEventDetails).toEqual({ name: 'A', inputDetails: { truncated: false } });
  });

  test('knows the details of every type that the SDK knows, or that there are none', () => {
    const bare = Object.values(HistoryEventType).filter((type) => {
      const fact = { type, name: 'A' } as unknown as HistoryFact;
      return Object.keys(details(fact)).length === 4;
    });

    expect(bare).toEqual([
      'LambdaFunctionStarted',
      'MapRunAborted',
      'MapRunSucceeded',
      'MapStateAborted',
      'MapStateFailed',
      'MapStateSucceeded',
      'ParallelStateAborted',
      'ParallelStateFailed',
      'ParallelStateStarted',
      'ParallelStateSucceeded',
      'TaskStateAborted',
      'WaitStateAborted',
    ]);
  });
});
