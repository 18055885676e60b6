import { describe, expect, test } from '@jest/globals';
import type { StoredExecution } from '../history/store.ts';
import { EMPTY_SUMMARY, type Summary } from '../history/summary.ts';
import { statusChangeEvent } from './status-change-event.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:orders:one';

function executionOf(summary: Partial<Summary>, input = '{}'): StoredExecution {
  return {
    header: {
      executionArn: ARN,
      name: 'one',
      stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
      stateMachineName: 'orders',
      type: 'STANDARD',
      roleArn: 'arn:aws:iam::123456789012:role/orders',
      definition: '{}',
      input,
      startDate: '2026-01-05T10:00:00.123Z',
    },
    summary: { ...EMPTY_SUMMARY, ...summary },
    eventCount: 1,
  };
}

const CHANGE = new Date('2026-01-05T10:00:01.987Z');

describe('statusChangeEvent()', () => {
  test('writes the event of an execution that failed', () => {
    const failed = executionOf({
      status: 'FAILED',
      error: 'Bad',
      cause: 'Worse',
      stoppedAt: '2026-01-05T10:00:01.987Z',
    });

    expect(statusChangeEvent(failed, CHANGE)).toEqual({
      source: 'aws.states',
      detailType: 'Step Functions Execution Status Change',
      time: CHANGE,
      traceHeader: undefined,
      resources: [ARN],
      detail: {
        executionArn: ARN,
        stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
        name: 'one',
        status: 'FAILED',
        startDate: 1767607200123,
        stopDate: 1767607201987,
        input: '{}',
        output: null,
        inputDetails: { included: true },
        outputDetails: null,
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'REDRIVABLE',
        redriveStatusReason: null,
        error: 'Bad',
        cause: 'Worse',
      },
    });
  });

  test('has no stop date while the execution runs', () => {
    expect(statusChangeEvent(executionOf({}), CHANGE).detail).toMatchObject({
      status: 'RUNNING',
      stopDate: null,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
  });

  // Quotes double when they are escaped: 248 KB of escaped data, two quotes around each text.
  const half = 124 * 1024;
  test.each([
    ['both just fit', half - 2, half - 4, true, true],
    ['both together are too large', half - 2, half - 3, false, true],
    ['the output alone is too large', 2, 2 * half, false, false],
  ])('leaves data out when %s', (_, inputLength, outputLength, inputIncluded, outputIncluded) => {
    const output = 'x'.repeat(outputLength - 2);
    const execution = executionOf({ status: 'SUCCEEDED', output }, 'i'.repeat(inputLength));

    const { detail } = statusChangeEvent(execution, CHANGE);

    expect(detail).toMatchObject({
      input: inputIncluded ? expect.any(String) : null,
      output: outputIncluded ? expect.any(String) : null,
      inputDetails: { included: inputIncluded },
      outputDetails: { included: outputIncluded },
    });
  });
});
