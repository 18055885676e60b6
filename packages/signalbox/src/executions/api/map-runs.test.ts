import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';

/** Runs a Distributed Map over four items, of which those named bad fail. */
async function distribute(map: JsonObject, onItem?: (made: Made) => Promise<void>) {
  const made = createTestExecutions(
    {},
    {
      interpreter: AMAZON_STATES_LANGUAGE,
      call: async (_service, _action, input) => {
        await onItem?.(made);
        if (JSON.stringify(input).includes('bad')) throw new AwsError('Refused', 'No');
        return {};
      },
    },
  );
  const definition = JSON.stringify({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Label: 'Each',
        ItemsPath: '$',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Send',
          States: {
            Send: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage',
              Parameters: { QueueUrl: 'q', 'MessageBody.$': '$' },
              End: true,
            },
          },
        },
        End: true,
        ...map,
      },
    },
  });
  await made.states('CreateStateMachine', { name: 'orders', definition, roleArn: ROLE_ARN });
  const { executionArn } = await made.states('StartExecution', {
    stateMachineArn: ARN,
    input: '["a","bad","c","d"]',
  });
  const execution = String(executionArn);
  await made.executions.ended(execution);
  const { mapRuns } = await made.states('ListMapRuns', { executionArn });
  const [mapRun]: readonly { mapRunArn: string }[] = Array.isArray(mapRuns) ? mapRuns : [];
  const mapRunArn = mapRun?.mapRunArn ?? '';
  const described = await made.states('DescribeMapRun', { mapRunArn });
  return { ...made, execution, mapRuns, mapRunArn, described };
}

type Made = ReturnType<typeof createTestExecutions>;

describe('DescribeMapRun', () => {
  test('counts what its children came to', async () => {
    const map = { MaxConcurrency: 2, ToleratedFailureCount: 1 };
    const { described, execution, mapRunArn, states } = await distribute(map);

    const counts = { pending: 0, running: 0, succeeded: 3, failed: 1, timedOut: 0, aborted: 0 };
    const rest = { total: 4, resultsWritten: 4, failuresNotRedrivable: 0, pendingRedrive: 0 };
    const date = new Date('2026-01-05T10:00:00.000Z');
    expect(described).toEqual({
      mapRunArn,
      executionArn: execution,
      status: 'SUCCEEDED',
      startDate: date,
      stopDate: date,
      maxConcurrency: 2,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 0,
      itemCounts: { ...counts, ...rest },
      executionCounts: { ...counts, ...rest },
      redriveCount: 0,
    });
    expect(mapRunArn).toContain(':mapRun:orders/Each:');
    const { executions } = await states('ListExecutions', { mapRunArn, statusFilter: 'FAILED' });
    expect(executions).toMatchObject([{ mapRunArn, status: 'FAILED' }]);
  });

  test('counts items apart from executions where they come in batches', async () => {
    const { described } = await distribute({
      ItemBatcher: { MaxItemsPerBatch: 3 },
      ToleratedFailurePercentage: 50,
    });

    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { succeeded: 1, failed: 3, total: 4 },
      executionCounts: { succeeded: 1, failed: 1, total: 2 },
    });
  });

  test('fails when more fail than is tolerated, and starts no more', async () => {
    const { described } = await distribute({ MaxConcurrency: 1 });

    expect(described).toMatchObject({
      status: 'FAILED',
      executionCounts: { succeeded: 1, failed: 1, pending: 0, total: 4 },
    });
  });

  test('refuses a Map Run that nobody knows', async () => {
    const { states, mapRunArn } = await distribute({ ToleratedFailureCount: 1 });

    await expect(states('DescribeMapRun', { mapRunArn: `${mapRunArn}0` })).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });
});

describe('UpdateMapRun', () => {
  test('is followed by what is not started yet', async () => {
    let isUpdated = false;
    const { described } = await distribute({ MaxConcurrency: 1 }, async (made) => {
      if (isUpdated) return;
      isUpdated = true;
      const [{ header } = { header: undefined }] = made.store
        .executions()
        .filter((execution) => execution.header.mapRunArn !== undefined);
      await made.states('UpdateMapRun', {
        mapRunArn: header?.mapRunArn,
        toleratedFailurePercentage: 25,
        maxConcurrency: 3,
      });
    });

    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      maxConcurrency: 3,
      toleratedFailurePercentage: 25,
    });
  });

  test.each([
    [{ maxConcurrency: -1 }, "Value '-1' at 'maxConcurrency'"],
    [{ toleratedFailurePercentage: 101 }, "Value '101' at 'toleratedFailurePercentage'"],
    [{ toleratedFailureCount: 1 }, 'Map Run is SUCCEEDED'],
  ])('refuses %j after the end', async (changes, message) => {
    const { states, mapRunArn } = await distribute({ ToleratedFailureCount: 1 });

    await expect(states('UpdateMapRun', { mapRunArn, ...changes })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});
