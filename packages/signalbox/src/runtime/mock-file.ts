import { AwsError } from '../core/aws-error.ts';
import { problemText } from '../core/result.ts';
import { invalid, UserError } from '../core/user-error.ts';
import { type MockConfig, readMockConfig } from '../executions/mocks/mock-config.ts';
import { readJsonFile } from '../project/read-json-file.ts';

/**
 * Reads a file of mocks, and again whenever an execution asks, so that it may change meanwhile.
 * @throws {UserError} With all that is wrong with it, when the rehearsal starts.
 */
export function openMockFile(file: string): () => MockConfig {
  read(file);
  return () => {
    try {
      return read(file);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new AwsError('ValidationException', error.message);
    }
  };
}

function read(file: string): MockConfig {
  const config = readMockConfig(readJsonFile(file));
  if (config.ok) return config.value;
  throw invalid(config.problems.map((problem) => ({ file, message: problemText(problem) })));
}
