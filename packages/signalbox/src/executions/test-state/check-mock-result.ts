import type { MockResponseValidationMode } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { Constraint } from './mock-constraints.ts';
import type { OutputShape } from './output-shape.ts';

/** The rules that a mocked result is checked by. */
export interface MockRules {
  readonly mode: MockResponseValidationMode;
  readonly constraints: Readonly<Record<string, Constraint>>;
}

const TYPES = {
  list: 'an array',
  map: 'an object',
  structure: 'an object',
  text: 'a string',
  number: 'a number',
  boolean: 'a boolean',
} as const;

/** Checks a mocked result by the API's model. @throws {AwsError} `ValidationException`, naming the field. */
export function checkMockResult(value: Json, shape: OutputShape, rules: MockRules): void {
  checkValue('', value, shape, rules);
}

function checkValue(field: string, value: Json, shape: OutputShape, rules: MockRules): void {
  switch (shape.kind) {
    case 'any':
      return;
    case 'structure':
      if (!isJsonObject(value)) throw mistyped(field, shape.kind);
      checkMembers(value, shape, rules);
      return;
    case 'list':
    case 'map': {
      const isRight = shape.kind === 'list' ? Array.isArray(value) : isJsonObject(value);
      if (!isRight) throw mistyped(field, shape.kind);
      for (const item of Object.values(value ?? {})) checkValue(field, item, shape.items(), rules);
      return;
    }
    default:
      checkScalar(field, value, shape.kind, ownMember(rules.constraints, field) ?? {});
  }
}

/** Members that the model does not have are not checked. */
function checkMembers(
  value: JsonObject,
  shape: Extract<OutputShape, { kind: 'structure' }>,
  rules: MockRules,
): void {
  const missing = shape.required.find((name) => !Object.hasOwn(value, name));
  if (rules.mode === 'STRICT' && missing !== undefined) {
    throw refused(`Required field '${missing}' is missing`);
  }
  const members = shape.members();
  for (const [name, member] of Object.entries(value)) {
    const memberShape = members.get(name);
    if (memberShape !== undefined) checkValue(name, member, memberShape, rules);
  }
}

function checkScalar(
  field: string,
  value: Json,
  kind: 'text' | 'number' | 'boolean',
  constraint: Constraint,
): void {
  if (typeof value === 'string' && kind === 'text') checkText(field, value, constraint);
  else if (typeof value === 'number' && kind === 'number') checkNumber(field, value, constraint);
  else if (typeof value !== 'boolean' || kind !== 'boolean') throw mistyped(field, kind);
}

function checkText(field: string, value: string, { oneOf, minLength = 0 }: Constraint): void {
  if (oneOf !== undefined && !oneOf.includes(value)) {
    throw refused(`Field '${field}' is not an expected value`);
  }
  if (value.length < minLength)
    throw refused(`Field '${field}' is smaller than the minimum length`);
}

function checkNumber(field: string, value: number, constraint: Constraint): void {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = constraint;
  if (value < min) throw refused(`Field '${field}' is less than the minimum value`);
  if (value > max) throw refused(`Field '${field}' exceeds the maximum value`);
}

function mistyped(field: string, kind: keyof typeof TYPES): AwsError {
  return refused(`Field '${field}' must be ${TYPES[kind]}`);
}

function refused(reason: string): AwsError {
  return new AwsError('ValidationException', `Mock result schema validation error: ${reason}`);
}
