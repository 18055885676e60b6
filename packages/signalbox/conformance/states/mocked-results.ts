import type { Json, JsonObject } from '../../src/core/json.ts';
import { isJsonObject } from '../../src/core/json.ts';
import type { TaskRequest } from '../../src/states-language/ports.ts';
import type { TaskResult } from '../../src/states-language/task-result.ts';
import type { RecordedCase } from './recorded-case.ts';

/** Returns the result of a task by the case's own results or its Step Functions Local mock configuration. */
export function mockedResult(recorded: RecordedCase, request: TaskRequest): TaskResult | undefined {
  const { stateName, retryCount } = request;
  const own = recorded.answers?.[stateName]?.[retryCount];
  return toResult(own ?? mockOf(recorded, stateName, retryCount)) ?? raisedResult(recorded);
}

/** Returns the result that the case gives to the holder of a task's token. */
export function tokenResult(recorded: RecordedCase, request: TaskRequest): TaskResult | undefined {
  const { stateName, retryCount } = request;
  return toResult(recorded.answers?.[`${stateName}.waitForTaskToken`]?.[retryCount]);
}

/** A mock configuration names each result by the attempts that it is for: `0`, `1-2`. */
function mockOf(recorded: RecordedCase, state: string, attempt: number): JsonObject | undefined {
  const { mockConfig, mockTestCase, stateMachineName } = recorded;
  const machines = memberOf(mockConfig, 'StateMachines');
  const cases = memberOf(memberOf(machines, stateMachineName ?? ''), 'TestCases');
  const name = memberOf(cases, mockTestCase ?? '')?.[state];
  const results = memberOf(memberOf(mockConfig, 'MockedResponses'), String(name));
  const range = Object.keys(results ?? {}).find((key) => {
    const [first = 0, last = first] = key.split('-').map(Number);
    return attempt >= first && attempt <= last;
  });
  return range === undefined ? undefined : memberOf(results, range);
}

function memberOf(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const member = object?.[name];
  return isJsonObject(member) ? member : undefined;
}

function toResult(mock: JsonObject | undefined): TaskResult | undefined {
  if (mock === undefined) return undefined;
  const { Return: returned, Throw: thrown } = mock;
  if (!isJsonObject(thrown)) return { kind: 'succeeded', output: returned ?? null };
  return { kind: 'failed', error: String(thrown['Error']), cause: String(thrown['Cause']) };
}

/**
 * Returns the failure of a function that always raises, where only the end was recorded: the error that the
 * execution caught. Undefined where the recording does not have it.
 */
export function raisedResult({ setup = [], expectedOutput }: RecordedCase): TaskResult | undefined {
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
