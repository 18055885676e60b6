import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';

/** AWS: https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html */
const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Runs a Distributed Map over four items, of which those named bad fail until they are mended. */
async function distribute(map: JsonObject = {}, { executionType = 'STANDARD' } = {}) {
  const sent: string[] = [];
  const isMended = { value: false };
  const made = createTestExecutions(
    {},
    {
      interpreter: AMAZON_STATES_LANGUAGE,
      call: async (_service, _action, input) => {
        const body = 'MessageBody' in input ? String(input.MessageBody) : '';
        sent.push(body);
        if (body.startsWith('bad') && !isMended.value) throw new AwsError('Refused', 'No');
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
        MaxConcurrency: 1,
        ItemsPath: '$',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: executionType },
          StartAt: 'First',
          States: {
            First: { Type: 'Pass', Next: 'Send' },
            Send: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage',
              Parameters: { QueueUrl: 'q', 'MessageBody.$': '$' },
              ResultPath: null,
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
  const started = await made.states('StartExecution', {
    stateMachineArn: ARN,
    input: '["a","bad1","c","bad2"]',
  });
  const executionArn = String(started['executionArn']);
  await made.executions.ended(executionArn);
  const mapRuns = async (): Promise<readonly { readonly mapRunArn: string }[]> => {
    const listed = await made.states('ListMapRuns', { executionArn });
    return Array.isArray(listed['mapRuns']) ? listed['mapRuns'] : [];
  };
  const mapRunArn = (await mapRuns())[0]?.mapRunArn ?? '';
  return {
    ...made,
    executionArn,
    mapRunArn,
    mapRuns,
    sent,
    describe: () => made.states('DescribeMapRun', { mapRunArn }),
    children: async (): Promise<readonly JsonObject[]> => {
      const listed = await made.states('ListExecutions', { mapRunArn });
      return Array.isArray(listed['executions']) ? listed['executions'] : [];
    },
    events: async (of: string): Promise<readonly JsonObject[]> => {
      const listed = await made.states('GetExecutionHistory', { executionArn: of });
      return Array.isArray(listed['events']) ? listed['events'] : [];
    },
    async redrive(mend = true) {
      isMended.value = mend;
      sent.length = 0;
      await made.states('RedriveExecution', { executionArn });
      await made.executions.ended(executionArn);
    },
  };
}

const TOLERANT = { ToleratedFailureCount: 1 };

describe('RedriveExecution with a Distributed Map', () => {
  test('goes on with the same Map Run: what failed goes on, what was not started starts', async () => {
    const { redrive, sent, states, executionArn, mapRuns, events } = await distribute();

    await redrive();

    expect(sent).toEqual(['bad1', 'c', 'bad2']);
    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '["a","bad1","c","bad2"]',
      redriveCount: 1,
    });
    expect(await mapRuns()).toHaveLength(1);
    expect((await events(executionArn)).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('redrives a Standard child under its ARN, from the state that failed', async () => {
    const { redrive, children, events, mapRunArn, executionArn } = await distribute(TOLERANT);
    const failed = (await children()).filter(({ status }) => status === 'FAILED');

    await redrive();

    expect(failed).toHaveLength(2);
    const arn = String(failed[0]?.['executionArn']);
    expect((await children()).find((child) => child['executionArn'] === arn)).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
    });
    expect((await events(arn)).map(({ type }) => type).slice(-7)).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    const redriven = (await events(executionArn)).find(({ type }) => type === 'MapRunRedriven');
    expect(redriven).toMatchObject({
      mapRunRedrivenEventDetails: { mapRunArn, redriveCount: 1 },
    });
  });

  test('tells of the redrive in DescribeMapRun', async () => {
    const { redrive, describe: described } = await distribute(TOLERANT);
    const counts = {
      total: 4,
      pending: 0,
      running: 0,
      pendingRedrive: 0,
      failuresNotRedrivable: 0,
    };

    expect(await described()).toMatchObject({
      status: 'FAILED',
      redriveCount: 0,
      executionCounts: { ...counts, succeeded: 2, failed: 2 },
    });
    await redrive(false);
    expect(await described()).toMatchObject({ status: 'FAILED', redriveCount: 1 });
    await redrive();

    expect(await described()).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 2,
      redriveDate: expect.any(Date),
      executionCounts: { ...counts, succeeded: 4, failed: 0 },
      itemCounts: { ...counts, succeeded: 4, failed: 0 },
    });
  });

  test('starts Express children again, which leaves the earlier ones as they were', async () => {
    const {
      redrive,
      sent,
      executionArn,
      states,
      describe: described,
    } = await distribute(TOLERANT, {
      executionType: 'EXPRESS',
    });

    await redrive();

    expect(sent).toEqual(['bad1', 'bad2']);
    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      output: '["a","bad1","c","bad2"]',
    });
    expect(await described()).toMatchObject({ executionCounts: { succeeded: 4, failed: 0 } });
  });

  test('leaves children that are too old as failures', async () => {
    const send = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'q', 'MessageBody.$': '$' },
      End: true,
    };
    const {
      redrive,
      sent,
      describe: described,
    } = await distribute({
      ...TOLERANT,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Look',
        States: {
          Look: {
            Type: 'Choice',
            Choices: [{ Variable: '$', StringEquals: 'c', Next: 'Stay' }],
            Default: 'Send',
          },
          Stay: { Type: 'Wait', Seconds: (15 * DAY_MS) / 1000, Next: 'Send' },
          Send: send,
        },
      },
    });

    await redrive();

    expect(sent).toEqual(['bad2']);
    expect(await described()).toMatchObject({
      status: 'SUCCEEDED',
      executionCounts: { succeeded: 3, failed: 1, failuresNotRedrivable: 1, pendingRedrive: 0 },
    });
  });

  test('starts a new Map Run where the old one failed for too much data', async () => {
    const big = 'x'.repeat(200_000);
    const { redrive, mapRuns, states, executionArn } = await distribute({
      ItemSelector: { text: big, 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Same',
        States: { Same: { Type: 'Pass', End: true } },
      },
    });
    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      error: 'States.DataLimitExceeded',
    });

    await redrive();

    expect((await mapRuns()).length).toBe(2);
  });

  test('refuses to redrive a child alone', async () => {
    const { children, states } = await distribute(TOLERANT);
    const failed = (await children()).find(({ status }) => status === 'FAILED');

    await expect(
      states('RedriveExecution', { executionArn: failed?.['executionArn'] ?? '' }),
    ).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  });
});
