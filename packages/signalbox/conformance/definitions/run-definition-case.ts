import { AwsError } from '../../src/core/aws-error.ts';
import { jsonText } from '../../src/core/exact-json/exact-number.ts';
import { ownPayload } from '../../src/core/json.ts';
import { isDeepEqual } from '../../src/states-language/deep-equal.ts';
import { recordedApi } from '../states/recorded-api.ts';
import type { DefinitionCase, DefinitionExpectation } from './definition-case.ts';

/** What came of a case. */
export interface DefinitionResult {
  readonly refusal?: string;
  readonly status?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

const ROLE = 'arn:aws:iam::111111111111:role/cases';

/** No queue, table or function of a case is there. */
function notThere(service: string, action: string): AwsError {
  return new AwsError('ResourceNotFoundException', `${service}:${action} finds nothing`);
}

/** Creates the machine, runs it with the input, and returns what came of it. */
export async function runDefinitionCase(own: DefinitionCase): Promise<DefinitionResult> {
  const bugs: unknown[] = [];
  const { call, ended } = recordedApi(
    {},
    {
      unanswered: notThere,
      onBug: (bug) => bugs.push(bug),
    },
  );
  let machine: object;
  try {
    machine = await call('create_state_machine', {
      name: 'case',
      type: own.type,
      roleArn: ROLE,
      definition: jsonText(own.definition),
    });
  } catch (error) {
    if (error instanceof AwsError) return { refusal: `${error.name}: ${error.message}` };
    throw error;
  }
  const started = await call('start_execution', { ...machine, input: jsonText(own.input) });
  const executionArn = 'executionArn' in started ? String(started.executionArn) : '';
  await ended(executionArn);
  if (bugs.length > 0) throw bugs[0];
  return await call('describe_execution', { executionArn });
}

/** Says what differs from what is expected; undefined where nothing does. */
export function definitionDifference(
  result: DefinitionResult,
  expected: DefinitionExpectation,
): string | undefined {
  if (isExpected(result, expected)) return undefined;
  const { refusal, status, output, error, cause } = result;
  return refusal ?? jsonText({ status, output, error, cause });
}

function isExpected(
  { refusal, status, output, error, cause }: DefinitionResult,
  expected: DefinitionExpectation,
): boolean {
  if (expected.refusedWith !== undefined) {
    return refusal !== undefined && new RegExp(expected.refusedWith, 's').test(refusal);
  }
  if (refusal !== undefined) return false;
  if (expected.accepted === true) return true;
  if (expected.output !== undefined) {
    return status === 'SUCCEEDED' && isDeepEqual(ownPayload(output ?? 'null'), expected.output);
  }
  const isCause =
    expected.causeMatches == null || new RegExp(expected.causeMatches, 's').test(cause ?? '');
  return status !== 'SUCCEEDED' && (error ?? null) === (expected.error ?? null) && isCause;
}
