import { AwsError } from '../../core/aws-error.ts';
import type { MockConfig, MockedExecution } from './mock-config.ts';

/** An ARN to start by, and the test case behind its `#`. */
export interface StartedMock {
  readonly arn: string;
  readonly testCase: string | undefined;
}

/** Splits `<ARN>#<test case>`, as Step Functions Local takes it; nothing behind the mark is no test case. */
export function splitTestCase(text: string): StartedMock {
  const [arn = '', testCase = ''] = text.split('#');
  return { arn, testCase: testCase === '' ? undefined : testCase };
}

/**
 * Finds a test case of a machine; where none is named, the one that the configuration has for that, if there is one.
 * @throws {AwsError} `ValidationException`, where there is none of the name.
 */
export function mockedExecution(
  read: (() => MockConfig | undefined) | undefined,
  machine: string,
  testCase: string | undefined,
): MockedExecution | undefined {
  const mocks = read?.();
  if (testCase === undefined) {
    if (mocks?.testCases(machine)?.includes(mocks.otherwise) !== true) return undefined;
    return { machine, testCase: mocks.otherwise };
  }
  if (mocks === undefined)
    throw refused('The rehearsal has no mock configuration: start it with --mocks FILE');
  if (mocks.testCases(machine)?.includes(testCase) === true) return { machine, testCase };
  throw refused(`There is no test case '${testCase}' of ${machine} in the mock configuration`);
}

function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
