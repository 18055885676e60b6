import { isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import type { App } from '../../src/template/app.ts';

/** The test case that mocks everything that is not rehearsed. */
export const TEST_CASE = 'Unrehearsed';

/** Services that the rehearsal has; calls of others, and those that wait for somebody, are mocked. */
const REHEARSED =
  /^arn:[\w-]+:states:::(aws-sdk:)?(lambda|states|sfn|dynamodb|sqs|sns|events|eventbridge|s3|ssm|secretsmanager):\w+$/;

/** Writes a file of mocks in which each task that is not rehearsed returns an empty object. */
export function mocksOf({ stateMachines, functions }: App): Json {
  const served = new Set(
    functions.filter(({ runtime }) => runtime.startsWith('nodejs')).map(({ arn }) => arn),
  );
  const machines = stateMachines.map(({ name, definition }) => {
    const mocked = tasksOf(definition).filter(([, task]) => !isServed(task, served));
    const states = Object.fromEntries(mocked.map(([state]) => [state, 'Nothing']));
    return [name, { TestCases: { [TEST_CASE]: states } }];
  });
  return {
    MockedResponses: { Nothing: { '0-100000': { Return: {} } } },
    StateMachines: Object.fromEntries(machines),
  };
}

function isServed(task: JsonObject, functions: ReadonlySet<string>): boolean {
  const resource = String(task['Resource']);
  if (resource.includes(':function:')) return functions.has(resource);
  if (!REHEARSED.test(resource)) return false;
  const parameters = task['Parameters'] ?? task['Arguments'];
  const name = isJsonObject(parameters) ? parameters['FunctionName'] : undefined;
  return typeof name !== 'string' || functions.has(name.replace(/:\$LATEST$/, ''));
}

/** The Task states of a definition, at any depth. */
function tasksOf(json: Json): readonly (readonly [string, JsonObject])[] {
  if (Array.isArray(json)) return json.flatMap(tasksOf);
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) => [
    ...(isJsonObject(value) && value['Type'] === 'Task' ? [[name, value] as const] : []),
    ...tasksOf(value),
  ]);
}
