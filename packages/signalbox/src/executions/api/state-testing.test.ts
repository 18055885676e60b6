import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';
import type { OutputShape } from '../test-state/output-shape.ts';

const SENT: OutputShape = {
  kind: 'structure',
  required: ['MessageId'],
  members: () =>
    new Map<string, OutputShape>([
      ['MessageId', { kind: 'text' }],
      ['Size', { kind: 'number' }],
      ['Parts', { kind: 'list', items: () => ({ kind: 'text' }) }],
    ]),
};

const SEND = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  InputPath: '$.order',
  Parameters: { 'MessageBody.$': '$.id' },
  ResultSelector: { 'messageId.$': '$.MessageId' },
  ResultPath: '$.sent',
  Retry: [{ ErrorEquals: ['Sqs.Throttled'], IntervalSeconds: 2, MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Refund', ResultPath: '$.error' }],
  Next: 'Ship',
};

const MAP = {
  Type: 'Map',
  ItemsPath: '$.items',
  ItemSelector: { 'item.$': '$$.Map.Item.Value' },
  ToleratedFailureCount: 1,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Each',
    States: { Each: { Type: 'Pass', End: true } },
  },
  End: true,
};

function tester() {
  const made = createTestExecutions(
    {},
    {
      interpreter: AMAZON_STATES_LANGUAGE,
      call: async () => ({ MessageId: 'm-1' }),
      outputShapes: async (service) => (service === 'sqs' ? SENT : undefined),
    },
  );
  const run = (definition: JsonObject, more: object = {}) =>
    made.states('TestState', { definition: JSON.stringify(definition), ...more });
  return { ...made, run };
}

const input = JSON.stringify({ order: { id: 'order-1' } });
const mock = { result: '{"MessageId":"m-2"}' };
const errorOutput = { error: 'Sqs.Throttled', cause: 'Slower' };

describe('TestState', () => {
  test('follows the data through the state', async () => {
    const tested = await tester().run(SEND, { input, mock, inspectionLevel: 'DEBUG' });

    expect(tested).toEqual({
      status: 'SUCCEEDED',
      nextState: 'Ship',
      output: '{"order":{"id":"order-1"},"sent":{"messageId":"m-2"}}',
      inspectionData: {
        input,
        afterInputPath: '{"id":"order-1"}',
        afterParameters: '{"MessageBody":"order-1"}',
        result: '{"MessageId":"m-2"}',
        afterResultSelector: '{"messageId":"m-2"}',
        afterResultPath: '{"order":{"id":"order-1"},"sent":{"messageId":"m-2"}}',
      },
    });
  });

  test('makes the call where nothing is mocked, in the name of the role', async () => {
    const { run, calls } = tester();

    const tested = await run(SEND, { input, roleArn: ROLE_ARN });

    expect(tested).toMatchObject({ status: 'SUCCEEDED', nextState: 'Ship' });
    expect(calls).toMatchObject([
      { service: 'sqs', action: 'SendMessage', caller: { arn: ROLE_ARN } },
    ]);
  });

  test('says which retrier and which catcher cover an error', async () => {
    const { run } = tester();
    const failing = { input, mock: { errorOutput }, inspectionLevel: 'DEBUG' };

    expect(await run(SEND, failing)).toMatchObject({
      status: 'RETRIABLE',
      error: 'Sqs.Throttled',
      inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 2 } },
    });
    const later = { ...failing, stateConfiguration: { retrierRetryCount: 1 } };
    expect(await run(SEND, later)).toMatchObject({
      inspectionData: { errorDetails: { retryBackoffIntervalSeconds: 4 } },
    });
    const last = { ...failing, stateConfiguration: { retrierRetryCount: 2 } };
    expect(await run(SEND, last)).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Refund',
      output: '{"order":{"id":"order-1"},"error":{"Error":"Sqs.Throttled","Cause":"Slower"}}',
      inspectionData: { errorDetails: { catchIndex: 0 } },
    });
  });

  test('looks at a Map up to the inputs of its iterations', async () => {
    const { run } = tester();
    const given = { input: '{"items":[1,2]}', mock: { result: '[3,4]' }, inspectionLevel: 'DEBUG' };

    expect(await run(MAP, given)).toMatchObject({
      output: '[3,4]',
      inspectionData: {
        afterItemsPath: '[1,2]',
        afterItemSelector: '[{"item":1},{"item":2}]',
        maxConcurrency: 0,
        toleratedFailureCount: 1,
      },
    });
    const failed = (mapIterationFailureCount: number) =>
      run(MAP, { ...given, stateConfiguration: { mapIterationFailureCount } });
    expect(await failed(1)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await failed(2)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
    await expect(failed(3)).rejects.toMatchObject({
      message:
        'Map iteration failure count must be less than or equal to the number of Map iterations',
    });
  });

  test('takes one state out of a machine, wherever it stands, with variables', async () => {
    const inner = {
      QueryLanguage: 'JSONata',
      Type: 'Pass',
      Output: '{% { "factor": $factor, "at": $states.context.Map.Item.Index } %}',
      Assign: { seen: true },
      End: true,
    };
    const machine = {
      StartAt: 'Outer',
      States: {
        Outer: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'Inner', States: { Inner: inner } },
          End: true,
        },
      },
    };

    const tested = await tester().run(machine, {
      stateName: 'Inner',
      variables: '{"factor":2}',
      inspectionLevel: 'TRACE',
    });

    expect(tested).toEqual({
      status: 'SUCCEEDED',
      output: '{"factor":2,"at":0}',
      inspectionData: { input: '{}', variables: '{"factor":2,"seen":true}' },
    });
  });

  test.each<[string, JsonObject, object, string]>([
    ['a missing field', SEND, { mock: { result: '{}' } }, "Required field 'MessageId' is missing"],
    [
      'a wrong type',
      SEND,
      { mock: { result: '{"Size":"1"}', fieldValidationMode: 'PRESENT' } },
      "Field 'Size' must be a number",
    ],
    [
      'a wrong item',
      SEND,
      { mock: { result: '{"Parts":[1]}', fieldValidationMode: 'PRESENT' } },
      "Field 'Parts' must be a string",
    ],
  ])('refuses a mock with %s', async (_, definition, more, reason) => {
    await expect(tester().run(definition, { input, ...more })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Mock result schema validation error: ${reason}`,
    });
  });

  test.each<[JsonObject, object, string]>([
    [SEND, {}, 'RoleArn must be specified when testing a Task state'],
    [
      { Type: 'Pass', End: true },
      { mock },
      "State type 'Pass' is not supported when a mock is specified",
    ],
    [
      MAP,
      {},
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    ],
    [
      SEND,
      { mock: { ...mock, errorOutput } },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ],
    [
      SEND,
      { mock, revealSecrets: true },
      'TestState does not support RevealSecrets when a mock is specified.',
    ],
    [MAP, { mock: { result: '{}' } }, 'Mocked result must be an array.'],
    [
      { Type: 'Parallel', Branches: [], End: true },
      { mock: { result: '[]' } },
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches'",
    ],
  ])('refuses %j with %j', async (definition, more, message) => {
    await expect(tester().run(definition, { input, ...more })).rejects.toMatchObject({ message });
  });
});
