import { AwsError } from '../../core/aws-error.ts';
import { isJsonNumber } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';

type Kind = 'a string' | 'a number' | 'any';

/** The fields of a context object that may be given for a test, and their types. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  Execution: {
    Id: 'a string',
    Input: 'any',
    Name: 'a string',
    RoleArn: 'a string',
    StartTime: 'a string',
    RedriveCount: 'a number',
    RedriveTime: 'a string',
  },
  State: { EnteredTime: 'a string', Name: 'a string', RetryCount: 'a number' },
  StateMachine: { Id: 'a string', Name: 'a string' },
  Task: { Token: 'a string' },
};

/** Checks the context object of a test. @throws {AwsError} `ValidationException`, with AWS's sentence. */
export function checkContext(context: JsonObject): void {
  for (const [part, value] of Object.entries(context)) {
    if (part === 'Map') {
      throw refused("'Map' field is not supported when mocking a Context object");
    }
    const fields = ownMember(FIELDS, part);
    if (fields === undefined) throw refused(`Field '${part}' is not allowed`);
    if (!isJsonObject(value)) throw refused(`${part} must be an object`);
    checkFields(part, value, fields);
  }
}

function checkFields(
  part: string,
  value: JsonObject,
  fields: Readonly<Record<string, Kind>>,
): void {
  for (const [name, member] of Object.entries(value)) {
    const kind = ownMember(fields, name);
    if (kind === undefined) throw refused(`Field '${part}.${name}' is not allowed`);
    if (!isOf(kind, member)) throw refused(`${part}.${name} must be ${kind}`);
  }
}

function isOf(kind: Kind, value: Json): boolean {
  switch (kind) {
    case 'a string':
      return typeof value === 'string';
    case 'a number':
      return isJsonNumber(value);
    case 'any':
      return true;
  }
}

function refused(reason: string): AwsError {
  return new AwsError('ValidationException', `Invalid Context object provided: ${reason}`);
}
