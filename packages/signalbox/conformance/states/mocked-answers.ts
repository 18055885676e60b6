import type { Json, JsonObject } from '../../src/core/json.ts';
import { isJsonObject } from '../../src/core/json.ts';
import type { TaskAnswer, TaskRequest } from '../../src/states-language/ports.ts';
import type { RecordedCase } from './recorded-case.ts';

/** What a case's own answers or its Step Functions Local mock configuration say that a task answers. */
export function mockedAnswer(recorded: RecordedCase, request: TaskRequest): TaskAnswer | undefined {
  const { stateName, retryCount } = request;
  const own = recorded.answers?.[stateName]?.[retryCount];
  return toAnswer(own ?? mockOf(recorded, stateName, retryCount)) ?? raisedAnswer(recorded);
}

/** What a case's own answers say that the holder of a task's token answers. */
export function tokenAnswer(recorded: RecordedCase, request: TaskRequest): TaskAnswer | undefined {
  const { stateName, retryCount } = request;
  return toAnswer(recorded.answers?.[`${stateName}.waitForTaskToken`]?.[retryCount]);
}

/** A mock configuration names each answer by the attempts that it is for: `0`, `1-2`. */
function mockOf(recorded: RecordedCase, state: string, attempt: number): JsonObject | undefined {
  const { mockConfig, mockTestCase, stateMachineName } = recorded;
  const machines = memberOf(mockConfig, 'StateMachines');
  const cases = memberOf(memberOf(machines, stateMachineName ?? ''), 'TestCases');
  const name = memberOf(cases, mockTestCase ?? '')?.[state];
  const answers = memberOf(memberOf(mockConfig, 'MockedResponses'), String(name));
  const range = Object.keys(answers ?? {}).find((key) => {
    const [first = 0, last = first] = key.split('-').map(Number);
    return attempt >= first && attempt <= last;
  });
  return range === undefined ? undefined : memberOf(answers, range);
}

function memberOf(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const member = object?.[name];
  return isJsonObject(member) ? member : undefined;
}

function toAnswer(mock: JsonObject | undefined): TaskAnswer | undefined {
  if (mock === undefined) return undefined;
  const { Return: returned, Throw: thrown } = mock;
  if (!isJsonObject(thrown)) return { kind: 'succeeded', output: returned ?? null };
  return { kind: 'failed', error: String(thrown['Error']), cause: String(thrown['Cause']) };
}

/**
 * What a function that always raises answered, where only the outcome was recorded: the error that the
 * execution caught. Undefined where the recording does not tell it.
 */
export function raisedAnswer({ setup = [], expectedOutput }: RecordedCase): TaskAnswer | undefined {
  const raises = setup.some(({ args }) => isRaising(args));
  if (!raises || !isJsonObject(expectedOutput)) return undefined;
  const { Error: error, Cause: cause } = expectedOutput;
  if (typeof error !== 'string' || cause === undefined) return undefined;
  const text = typeof cause === 'string' ? cause : JSON.stringify(cause);
  return { kind: 'failed', error, cause: text };
}

function isRaising(args: Json | undefined): boolean {
  return isJsonObject(args) && String(args['behaviour']).startsWith('raises ');
}
