import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { bad, ok, type Problem, type Result } from '../../core/result.ts';
import type { TaskResult } from '../../states-language/task-result.ts';

/** The results of tasks in the format of Step Functions Local's `MockConfigFile.json`. */
export interface MockConfig {
  /** The test case of executions that are started by none, where their machine has one of the name. */
  readonly otherwise: string;
  /** The names of a machine's test cases; undefined where the file does not name the machine. */
  testCases(machine: string): readonly string[] | undefined;
  /** What a state of a test case returns at an attempt, counted from 0; undefined where the state has no mock. */
  resultOf(mocked: MockedExecution, state: string, attempt: number): TaskResult | undefined;
}

/** The machine and the test case by which an execution was started. */
export interface MockedExecution {
  readonly machine: string;
  readonly testCase: string;
}

/** A mocked response: its results by the attempts that they are for. */
type Response = readonly {
  readonly first: number;
  readonly last: number;
  readonly result: TaskResult;
}[];

/** Reads a file of mocks; all that is wrong with it comes back at once. */
export function readMockConfig(value: Json, otherwise = 'Default'): Result<MockConfig> {
  const problems: Problem[] = [];
  const responses = new Map(
    membersOf(value, 'MockedResponses').map(([name, response]) => [
      name,
      readResponse(response, `MockedResponses.${name}`, problems),
    ]),
  );
  const machines = new Map(
    membersOf(value, 'StateMachines').map(([name, machine]) => [name, casesOf(machine)]),
  );
  for (const [machine, cases] of machines) checkCases(machine, cases, responses, problems);
  if (problems.length > 0) return bad(...problems);
  return ok({
    otherwise,
    testCases: (machine) => {
      const cases = machines.get(machine);
      return cases && [...cases.keys()];
    },
    resultOf({ machine, testCase }, state, attempt) {
      const mocked = ownMember(machines.get(machine)?.get(testCase) ?? {}, state);
      if (typeof mocked !== 'string') return undefined;
      const found = responses
        .get(mocked)
        ?.find(({ first, last }) => attempt >= first && attempt <= last);
      return found?.result ?? noAttempt(mocked, attempt);
    },
  });
}

type TestCases = ReadonlyMap<string, JsonObject>;

function casesOf(machine: Json): TestCases {
  return new Map(
    membersOf(machine, 'TestCases').map(([name, states]) => [
      name,
      isJsonObject(states) ? states : {},
    ]),
  );
}

function membersOf(value: Json | undefined, name: string): [string, Json][] {
  const member = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(member) ? Object.entries(member) : [];
}

function checkCases(
  machine: string,
  cases: TestCases,
  responses: ReadonlyMap<string, Response>,
  problems: Problem[],
): void {
  for (const [testCase, states] of cases) {
    for (const [state, response] of Object.entries(states)) {
      if (typeof response === 'string' && responses.has(response)) continue;
      const path = `StateMachines.${machine}.TestCases.${testCase}.${state}`;
      const message = `There is no mocked response ${JSON.stringify(response)} in MockedResponses`;
      problems.push({ path, message });
    }
  }
}

function readResponse(value: Json, path: string, problems: Problem[]): Response {
  if (!isJsonObject(value)) {
    problems.push({ path, message: 'A mocked response is an object of results by attempt' });
    return [];
  }
  return Object.entries(value).flatMap(([attempts, result]) => {
    const place = `${path}.${attempts}`;
    const range = /^(\d+)(?:-(\d+))?$/.exec(attempts);
    if (range === null) {
      problems.push({ path: place, message: 'Attempts are a number, such as 0, or a range, 1-2' });
      return [];
    }
    const read = readResult(result, place, problems);
    const first = Number(range[1]);
    return read === undefined ? [] : [{ first, last: Number(range[2] ?? first), result: read }];
  });
}

function readResult(value: Json, path: string, problems: Problem[]): TaskResult | undefined {
  const { Return: returned, Throw: thrown } = isJsonObject(value) ? value : {};
  if ((returned === undefined) === (thrown === undefined)) {
    problems.push({ path, message: 'A result is either Return or Throw' });
    return undefined;
  }
  if (returned !== undefined) return { kind: 'succeeded', output: returned };
  const { Error: error, Cause: cause } = isJsonObject(thrown) ? thrown : {};
  if (typeof error !== 'string') {
    problems.push({ path, message: 'Throw needs an Error' });
    return undefined;
  }
  return { kind: 'failed', error, cause: typeof cause === 'string' ? cause : undefined };
}

/** As Step Functions Local: an attempt that is not mocked fails. */
function noAttempt(response: string, attempt: number): TaskResult {
  return {
    kind: 'failed',
    error: 'States.Runtime',
    cause: `The mocked response ${response} has no result for attempt ${attempt}`,
  };
}
