import { expect, test } from '@jest/globals';
import type { RecordedCase } from '../states/recorded-case.ts';
import { playLive } from './play-live.ts';

const CASES: readonly RecordedCase[] = [
  {
    id: 'a function that raises',
    kind: 'history',
    definition: {
      StartAt: 'Call',
      States: {
        Call: {
          Type: 'Task',
          Resource: 'arn:aws:lambda:us-east-1:111111111111:function:raises',
          End: true,
        },
      },
    },
    input: {},
    setup: [
      {
        op: 'CREATE_FUNCTION',
        args: { FunctionName: 'raises', behaviour: 'raises Exception("")' },
      },
    ],
    expectedStatus: 'FAILED',
    expectedError: 'Exception',
    expectedCause: {
      errorMessage: 'Some exception was raised.',
      errorType: 'Exception',
      requestId: '<uuid:1>',
      stackTrace: [
        '  File "/var/task/handler.py", line 2, in handler\n    raise Exception("Some exception was raised.")\n',
      ],
    },
  },
  {
    id: 'an object of a bucket',
    kind: 'history',
    definition: {
      StartAt: 'Read',
      States: {
        Read: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
          Parameters: { Bucket: 'shelf', 'Key.$': '$.Key' },
          OutputPath: '$.Body',
          End: true,
        },
      },
    },
    input: { Key: 'note.txt' },
    setup: [
      { op: 'CREATE_BUCKET', args: { Bucket: 'shelf' } },
      { op: 'put_object', args: { Bucket: 'shelf', Key: 'note.txt', Body: 'milk' } },
    ],
    expectedStatus: 'SUCCEEDED',
    expectedOutput: 'milk',
  },
];

test('plays cases over HTTP, with functions and services of their own', async () => {
  const wrong = CASES.map((one) => ({ ...one, id: `not ${one.id}`, expectedStatus: 'TIMED_OUT' }));

  const results = await playLive([...CASES, ...wrong.slice(0, 1)]);

  expect(results.map(({ recorded, result }) => [recorded.id, result.outcome])).toEqual([
    ['a function that raises', true],
    ['an object of a bucket', true],
    ['not a function that raises', false],
  ]);
}, 60_000);
