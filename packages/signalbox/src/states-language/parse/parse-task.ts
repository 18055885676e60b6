import type { TaskState } from '../ast.ts';
import { parseTaskResource, type TaskResource } from '../task/resource.ts';
import { literal, type Template } from '../template.ts';
import type { Fields } from './fields.ts';
import { parseCatch, parseRetry } from './parse-errors.ts';
import { templateField, valueOrPathField } from './parse-template.ts';
import { parseTransition } from './parse-transition.ts';
import type { StateBaseOf } from './state-base.ts';

/** Reads what is a Task state's own. */
export function parseTask(fields: Fields, base: StateBaseOf<TaskState>): TaskState {
  fields.require('Resource');
  return {
    ...base,
    type: 'Task',
    resource: resourceField(fields) ?? { kind: 'lambda', text: '' },
    timeoutSeconds: secondsField(fields, 'TimeoutSeconds'),
    heartbeatSeconds: secondsField(fields, 'HeartbeatSeconds'),
    roleArn: credentialsField(fields),
    retriers: parseRetry(fields),
    catchers: parseCatch(fields),
    transition: parseTransition(fields),
  };
}

/** Reads `Resource`. */
export function resourceField(fields: Fields): TaskResource | undefined {
  const text = fields.text('Resource');
  if (text === undefined) return undefined;
  const resource = parseTaskResource(text);
  if (resource === undefined) {
    fields.diagnostics.schema('Value is not a valid resource ARN', fields.at('Resource'));
  }
  return resource;
}

const MAX_TIMEOUT_SECONDS = 99_999_999;

function secondsField(fields: Fields, name: string): Template | undefined {
  const template = valueOrPathField(fields, name);
  if (template?.kind !== 'literal') return template;
  const { value } = template;
  const isValid =
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value > 0 &&
    value <= MAX_TIMEOUT_SECONDS;
  if (!isValid) {
    const range = `an integer from 1 to ${MAX_TIMEOUT_SECONDS}`;
    fields.diagnostics.schema(`Value must be ${range}`, fields.at(name));
  }
  return isValid ? literal(value) : undefined;
}

function credentialsField(fields: Fields): Template | undefined {
  const credentials = fields.object('Credentials');
  if (credentials === undefined) return undefined;
  const template = templateField(fields, 'Credentials');
  if (template?.kind === 'literal') {
    return literal(credentials.text('RoleArn') ?? null);
  }
  const member =
    template?.kind === 'object'
      ? template.members.find(({ name }) => name === 'RoleArn')
      : undefined;
  if (member === undefined)
    fields.diagnostics.schema('These fields are required: [RoleArn]', credentials.place);
  return member?.value;
}
