import { resolve } from 'node:path';
import { AwsError } from '../core/aws-error.ts';
import { problemText } from '../core/result.ts';
import { invalid, UserError } from '../core/user-error.ts';
import {
  type MockConfig,
  type MockedExecution,
  readMockConfig,
} from '../executions/mocks/mock-config.ts';
import { readJsonFile } from '../project/read-json-file.ts';
import type { App } from '../template/app.ts';

/** A file of mocks, and the test case of executions that are started by none. */
export interface MockUse {
  /** Its path. */
  readonly file: string;
  /** `Default` unless given. */
  readonly testCase?: string | undefined;
}

/** The mocks that executions are started with. */
export interface Mocks {
  /** Those of now, read again each time, so that the file may change meanwhile; none where no file is used. */
  read(): MockConfig | undefined;
  /**
   * Lets executions that start from now on use another file; the returned function puts the earlier one back.
   * @throws {UserError} With all that is wrong with it, or where no machine has the test case.
   */
  use(mocks: MockUse): () => void;
}

/**
 * Opens the mocks of a rehearsal: of a file relative to its root, if there is one. A machine is named by its name
 * or its logical id.
 * @throws {UserError} With all that is wrong with the file.
 */
export function openMocks(
  { root, mockConfig }: { readonly root: string; readonly mockConfig?: string | undefined },
  app: () => App,
): Mocks {
  let current: MockUse | undefined =
    mockConfig === undefined ? undefined : { file: resolve(root, mockConfig) };
  if (current !== undefined) configOf(current);
  return {
    read() {
      if (current === undefined) return undefined;
      try {
        return byLogicalId(configOf(current), app);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        throw new AwsError('ValidationException', error.message);
      }
    },
    use(mocks) {
      const earlier = current;
      checkTestCase(mocks, byLogicalId(configOf(mocks), app), app());
      current = mocks;
      return () => {
        current = earlier;
      };
    },
  };
}

function configOf({ file, testCase }: MockUse): MockConfig {
  const config = readMockConfig(readJsonFile(file), testCase);
  if (config.ok) return config.value;
  throw invalid(config.problems.map((problem) => ({ file, message: problemText(problem) })));
}

function checkTestCase({ file, testCase }: MockUse, config: MockConfig, app: App): void {
  if (testCase === undefined) return;
  const names = app.stateMachines.map(({ name }) => name);
  if (names.some((name) => config.testCases(name)?.includes(testCase))) return;
  const message = `No state machine of the template has a test case '${testCase}'`;
  throw invalid([{ file, message }]);
}

/** A machine of the template whose name the file does not have is found by its logical id. */
function byLogicalId(config: MockConfig, app: () => App): MockConfig {
  const keyOf = (machine: string): string => {
    if (config.testCases(machine) !== undefined) return machine;
    return app().stateMachines.find(({ name }) => name === machine)?.logicalId ?? machine;
  };
  return {
    ...config,
    testCases: (machine) => config.testCases(keyOf(machine)),
    resultOf: ({ machine, testCase }: MockedExecution, ...asked) =>
      config.resultOf({ machine: keyOf(machine), testCase }, ...asked),
  };
}
