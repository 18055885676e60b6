import type { TestStateInput, TestStateOutput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type JsonObject, ownPayload } from '../../core/json.ts';
import type { State } from '../../states-language/ast.ts';
import { readJsonText } from '../definition.ts';
import { checkDataSize, required } from '../members.ts';
import { invalidExecutionInput } from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';
import { checkContext } from '../test-state/check-context.ts';
import { conclude } from '../test-state/conclude.ts';
import { findTestedState, isTaskIn } from '../test-state/find-tested-state.ts';
import { type Inspection, inspectionData } from '../test-state/inspection.ts';
import { readMock } from '../test-state/read-mock.ts';
import { runTestedState } from '../test-state/run-tested-state.ts';
import { openTestedVisit } from '../test-state/tested-run.ts';

/** TestState: runs one state, with a mock in place of its work where one is given. */
export async function testState(
  context: StatesContext,
  input: TestStateInput,
): Promise<TestStateOutput> {
  const definition = required('definition', input.definition);
  const { text, value } = readInput(input.input);
  const isMocked = input.mock !== undefined;
  const rules = context.rulesFor('STANDARD');
  const tested = findTestedState(definition, input.stateName, { isMocked, rules });
  const { state } = tested;
  checkConditions(input, state);
  const mock = await readMock(input, state, context.outputShapes);
  if (mock === undefined) checkUnmocked(input, state);
  const given = objectIn('context', input.context);
  if (given !== undefined) checkContext(given);
  const visited = openTestedVisit(context, tested, {
    input: value,
    variables: objectIn('variables', input.variables) ?? {},
    context: given,
    roleArn: input.roleArn,
    mock,
    retryCount: input.stateConfiguration?.retrierRetryCount ?? 0,
  });
  const inspection: Inspection = { input: ownPayload(text) };
  const { mapItemReaderData, mapIterationFailureCount, errorCausedByState } =
    input.stateConfiguration ?? {};
  const conditions = {
    mock,
    mapItemReaderData,
    mapIterationFailureCount,
    isErrorFromTask: errorCausedByState !== undefined && isTaskIn(definition, errorCausedByState),
  };
  const outcome = await runTestedState(state, visited, conditions, inspection);
  const result = await conclude(state, visited.visit, outcome, inspection);
  const { values } = visited.visit.run.variables;
  if (Object.keys(values).length > 0) inspection.variables = values;
  if (input.inspectionLevel === undefined || input.inspectionLevel === 'INFO') return result;
  return { ...result, inspectionData: inspectionData(inspection) };
}

function readInput(given: string | undefined) {
  const text = given ?? '{}';
  checkDataSize('input', text);
  const read = readJsonText(text);
  if (read.ok) return { text, value: read.value };
  throw invalidExecutionInput(read.problems.map(({ message }) => message).join(', '));
}

function objectIn(name: string, text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  const read = readJsonText(text);
  if (read.ok && isJsonObject(read.value)) return read.value;
  throw refused(`The ${name} must be a valid JSON object`);
}

/** Fields that only describe a mock are refused without one. */
function checkConditions(
  { mock, context, stateConfiguration = {} }: TestStateInput,
  state: State,
): void {
  if (mock !== undefined) return;
  const { errorCausedByState, mapItemReaderData, mapIterationFailureCount, retrierRetryCount } =
    stateConfiguration;
  const given = [
    ['Context', context],
    ['ErrorCausedByState', errorCausedByState],
    ['MapItemReaderData', mapItemReaderData],
    ['MapIterationFailureCount', mapIterationFailureCount],
    ['RetrierRetryCount', retrierRetryCount],
  ].find(([, value]) => value !== undefined);
  if (given !== undefined) {
    throw refused(`TestState does not support ${given[0]} when a mock is not specified.`);
  }
  if (state.type !== 'Map' && state.type !== 'Parallel') return;
  throw new AwsError(
    'InvalidDefinition',
    'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
  );
}

function checkUnmocked({ roleArn }: TestStateInput, state: State): void {
  if (state.type !== 'Task') return;
  if (roleArn === undefined) throw refused('RoleArn must be specified when testing a Task state');
  const { resource } = state;
  if (resource.kind === 'lambda') return;
  if (resource.kind === 'service' && resource.pattern === 'requestResponse') return;
  throw refused(
    'TestState does not support activities, .sync and .waitForTaskToken when a mock is not specified.',
  );
}

function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
