import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../core/json.ts';
import { resourcesOf } from '../resources.ts';
import { diagnoseStateMachine, parseStateMachine } from './parse-state-machine.ts';

const END = { Type: 'Succeed' };
const LAMBDA = 'arn:aws:states:::lambda:invoke';
const TASK = { Type: 'Task', Resource: LAMBDA, Next: 'B' };

function machine(a: JsonObject, rest: JsonObject = {}): JsonObject {
  return { StartAt: 'A', States: { A: a, B: END }, ...rest };
}

function problems(definition: Json): readonly string[] {
  const parsed = parseStateMachine(definition);
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('parseStateMachine()', () => {
  test('takes what is well', () => {
    expect(problems(machine({ Type: 'Pass', Next: 'B' }))).toEqual([]);
  });

  test.each<[string, Json, readonly string[]]>([
    ['no object', [], [': Definition must be a valid JSON object']],
    ['an empty object', {}, [': These fields are required: [States, StartAt]']],
    [
      'an unknown target',
      machine({ Type: 'Pass', Next: 'X' }),
      ["States.A.Next: Missing 'Next' target: X", 'States.B: State "B" is not reachable.'],
    ],
    [
      'a back-off below 1',
      machine({ ...TASK, Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] }),
      ['States.A.Retry[0].BackoffRate: Value must be at least 1'],
    ],
    [
      'States.ALL that is neither alone nor last',
      machine({
        ...TASK,
        Catch: [
          { ErrorEquals: ['States.ALL', 'E'], Next: 'B' },
          { ErrorEquals: ['F'], Next: 'B' },
        ],
      }),
      [
        "States.A.Catch[0].ErrorEquals: 'States.ALL' must appear alone",
        "States.A.Catch[0].ErrorEquals: 'States.ALL' must be in the last rule",
      ],
    ],
    [
      'a field of the other query language',
      machine({ Type: 'Pass', Next: 'B', Parameters: {} }, { QueryLanguage: 'JSONata' }),
      [
        "States.A.Parameters: The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage",
      ],
    ],
    [
      'a state in JSONPath inside a machine in JSONata',
      machine({ Type: 'Pass', Next: 'B', QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' }),
      [
        "States.A: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      ],
    ],
    [
      'an expression that does not parse, once',
      machine({ ...TASK, TimeoutSeconds: '{% 1 + %}' }, { QueryLanguage: 'JSONata' }),
      ['States.A.TimeoutSeconds: Unexpected end of expression'],
    ],
    [
      'a path that is none',
      machine({ Type: 'Pass', Next: 'B', Parameters: { 'a.$': 'x' } }),
      [
        "States.A.Parameters.a.$: The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call",
      ],
    ],
    [
      'a resource that is no ARN',
      machine({ ...TASK, Resource: 'charge' }),
      ['States.A.Resource: Value is not a valid resource ARN'],
    ],
    [
      'an unknown state type',
      machine({ Type: 'Job', Next: 'B' }),
      [
        'States.A.Type: Value is not one of [Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map]',
        "StartAt: Missing 'StartAt' target: A",
      ],
    ],
    [
      'a Distributed Map that does not say how its children run',
      machine({
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED' },
          StartAt: 'C',
          States: { C: END },
        },
        Next: 'B',
      }),
      ['States.A.ItemProcessor.ProcessorConfig: These fields are required: [ExecutionType]'],
    ],
    [
      'a kind of file that no item reader reads',
      machine({
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'ORC' },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'C',
          States: { C: END },
        },
        Next: 'B',
      }),
      [
        'States.A.ItemReader.ReaderConfig.InputType: Value is not one of [CSV, JSON, JSONL, MANIFEST, PARQUET]',
      ],
    ],
    [
      'a mistake inside a branch',
      machine({
        Type: 'Parallel',
        Next: 'B',
        Branches: [{ StartAt: 'C', States: { C: { Type: 'Wait', End: true } } }],
      }),
      [
        'States.A.Branches[0].States.C: Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]',
      ],
    ],
  ])('refuses %s', (_, definition, expected) => {
    expect(problems(definition)).toEqual(expected);
  });
});

describe('diagnoseStateMachine()', () => {
  test('warns of a token without a time-out, and takes the machine', () => {
    const { machine: parsed, diagnostics } = diagnoseStateMachine(
      machine({ ...TASK, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' }),
    );

    expect(parsed).toBeDefined();
    expect(diagnostics).toMatchObject([
      { severity: 'WARNING', code: 'NO_TASK_TIMEOUT', location: '/States/A' },
    ]);
  });
});

describe('resourcesOf()', () => {
  test('finds the resources inside Map and Parallel', () => {
    const inner = { StartAt: 'C', States: { C: { Type: 'Task', Resource: LAMBDA, End: true } } };
    const definition = machine({
      Type: 'Map',
      Next: 'B',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...inner,
      },
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
    });
    const parsed = parseStateMachine(definition);

    expect(parsed.ok && resourcesOf(parsed.value).map(({ path }) => path)).toEqual([
      'States.A.ItemReader.Resource',
      'States.A.ItemProcessor.States.C.Resource',
    ]);
  });
});
