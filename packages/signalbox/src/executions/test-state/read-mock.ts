import type { TestStateInput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { State } from '../../states-language/ast.ts';
import { readJsonText } from '../definition.ts';
import { findIntegration } from '../tasks/integrations.ts';
import { checkMockResult } from './check-mock-result.ts';
import { constraintsOf, knownShape } from './mock-constraints.ts';
import type { OutputShape, OutputShapes } from './output-shape.ts';

/** The mock that stands for the work of a state under test. */
export type Mock =
  | { readonly kind: 'result'; readonly value: Json }
  | {
      readonly kind: 'error';
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

const MOCKABLE: ReadonlySet<State['type']> = new Set(['Task', 'Map', 'Parallel']);

/** Reads the mock of a TestState request. @throws {AwsError} `ValidationException`. */
export async function readMock(
  { mock, revealSecrets }: TestStateInput,
  state: State,
  shapes: OutputShapes,
): Promise<Mock | undefined> {
  if (mock === undefined) return undefined;
  if (!MOCKABLE.has(state.type)) {
    throw refused(`State type '${state.type}' is not supported when a mock is specified`);
  }
  if (revealSecrets === true) {
    throw refused('TestState does not support RevealSecrets when a mock is specified.');
  }
  const { result, errorOutput, fieldValidationMode = 'STRICT' } = mock;
  if (result !== undefined && errorOutput !== undefined) {
    throw refused(
      'A test mock should have only one of the following fields: [result, errorOutput].',
    );
  }
  if (errorOutput !== undefined) {
    return { kind: 'error', error: errorOutput.error, cause: errorOutput.cause };
  }
  if (result === undefined) {
    throw refused('A test mock should have one of the following fields: [result, errorOutput].');
  }
  const read = readJsonText(result);
  if (!read.ok) throw refused('Mocked result must be valid JSON');
  checkKind(read.value, state);
  if (state.type === 'Task' && fieldValidationMode !== 'NONE') {
    await checkByModel(read.value, state, fieldValidationMode, shapes);
  }
  return { kind: 'result', value: read.value };
}

function checkKind(value: Json, state: State): void {
  if (state.type === 'Map' && state.distributed?.resultWriter?.resource !== undefined) {
    if (!isJsonObject(value)) throw refused('Mocked result must be a JSON object.');
    return;
  }
  if (state.type !== 'Map' && state.type !== 'Parallel') return;
  if (!Array.isArray(value)) throw refused('Mocked result must be an array.');
  if (state.type === 'Parallel' && value.length !== state.branches.length) {
    throw refused(
      'Mocked result must contain the same number of items as number of Parallel branches.',
    );
  }
}

async function checkByModel(
  value: Json,
  { resource }: Extract<State, { type: 'Task' }>,
  mode: 'STRICT' | 'PRESENT',
  shapes: OutputShapes,
): Promise<void> {
  if (resource.kind !== 'service') return;
  const action = polledAction(resource.resource) ?? integrated(resource);
  if (action === undefined) return;
  const { service, name } = action;
  const shape = (await shapes(service, name)) ?? knownShape(service, name);
  if (shape === undefined) return;
  const rules = { mode, constraints: constraintsOf(service, name) };
  checkMockResult(
    value,
    isOptimizedLambda(resource.resourceType) ? withAnyPayload(shape) : shape,
    rules,
  );
}

/** AWS: a `.sync` mock is checked against what polling returns. */
function polledAction(resource: string) {
  if (!/^startExecution\.sync(:2)?$/.test(resource)) return undefined;
  return { service: 'states', name: 'DescribeExecution' };
}

type ServiceResource = Extract<Extract<State, { type: 'Task' }>['resource'], { kind: 'service' }>;

function integrated(resource: ServiceResource) {
  const found = findIntegration(resource);
  if (found !== undefined) return { service: found.service, name: found.action };
  const [action = ''] = resource.resource.split('.');
  const service = resource.resourceType.replace(/^aws-sdk:/, '');
  return { service, name: action.charAt(0).toUpperCase() + action.slice(1) };
}

function isOptimizedLambda(resourceType: string): boolean {
  return resourceType === 'lambda';
}

/** The optimized integration returns the payload as JSON, whatever it is. */
function withAnyPayload(shape: OutputShape): OutputShape {
  if (shape.kind !== 'structure') return shape;
  const members = new Map<string, OutputShape>([...shape.members(), ['Payload', { kind: 'any' }]]);
  return { ...shape, members: () => members };
}

function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
