import { AwsError } from '../../src/core/aws-error.ts';
import type { Json, JsonObject } from '../../src/core/json.ts';
import type { CaseResult } from './compare-run.ts';
import { plain, TokenMatcher } from './match-tokens.ts';
import { type CallApi, codeOf, prepareApi, recordedApi } from './recorded-api.ts';
import type { RecordedCase, Substitution } from './recorded-case.ts';

/** The kinds of recordings that are one call of the Step Functions API. */
export const API_KINDS: ReadonlySet<string> = new Set([
  'api-exception',
  'test-state',
  'validate-definition',
]);

/** Makes the recorded call and compares the response, or the refusal, with the recorded one. */
export async function runApiCase(
  recorded: RecordedCase,
  { call }: { readonly call: CallApi } = recordedApi(recorded),
): Promise<CaseResult> {
  await prepareApi(call, recorded);
  const response = await responseOf(call, recorded);
  const expected = expectedOf(recorded);
  const matcher = new TokenMatcher(tokensOf(recorded));
  const outcome = matcher.matches(response, expected);
  const difference = outcome
    ? undefined
    : `${JSON.stringify(plain(response))} instead of ${JSON.stringify(plain(expected))}`;
  return { outcome, types: undefined, details: undefined, ids: undefined, difference };
}

const OPS: Readonly<Record<string, string>> = {
  'test-state': 'test_state',
  'validate-definition': 'validate_state_machine_definition',
};

async function responseOf(call: CallApi, recorded: RecordedCase): Promise<JsonObject> {
  const op = recorded.op ?? OPS[recorded.kind] ?? '';
  try {
    const response = await call(op, recordedArgs(recorded));
    const json: JsonObject = JSON.parse(JSON.stringify(response));
    return json;
  } catch (error) {
    if (error instanceof AwsError) return { Code: error.name, Message: error.message };
    throw error;
  }
}

/** The recorder wrote the ARNs of Express executions as those of Standard ones. */
function recordedArgs({ args = {} }: RecordedCase): JsonObject {
  const { executionArn } = args;
  if (typeof executionArn !== 'string') return args;
  return {
    ...args,
    executionArn: executionArn.replace(':execution:express_', ':express:express_'),
  };
}

function expectedOf(recorded: RecordedCase): Json {
  const { expectedException, expectedTestState, expectedOutput } = recorded;
  if (expectedException !== undefined) {
    const message = expectedException['message'] ?? null;
    return { Code: codeOf(expectedException) ?? null, Message: message };
  }
  const expected = expectedTestState ?? expectedOutput;
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return null;
  return Object.fromEntries(
    Object.entries(expected).filter(([name]) => name !== 'ResponseMetadata'),
  );
}

/** The recordings of refusals don't list what they replaced: it is what the call named. */
function tokensOf({ substitutions = [], args = {} }: RecordedCase): readonly Substitution[] {
  const { activityArn } = args;
  if (typeof activityArn !== 'string') return substitutions;
  return [...substitutions, { regex: activityArn, replacement: 'activity_arn' }];
}
