import type { TaskState } from '../ast.ts';
import { parseTaskResource, type TaskResource } from '../task/resource.ts';
import { literal, type Template } from '../template.ts';
import { MAX_SECONDS } from './bounds.ts';
import type { Fields } from './fields.ts';
import { parseCatch, parseRetry } from './parse-errors.ts';
import { templateField, valueOrPathField } from './parse-template.ts';
import { parseTransition } from './parse-transition.ts';
import type { StateBaseOf } from './state-base.ts';

/** Reads what is a Task state's own. */
export function parseTask(fields: Fields, base: StateBaseOf<TaskState>): TaskState {
  fields.require('Resource');
  const timeoutSeconds = secondsField(fields, 'TimeoutSeconds');
  const heartbeatSeconds = secondsField(fields, 'HeartbeatSeconds');
  checkHeartbeat(fields, heartbeatSeconds, timeoutSeconds);
  return {
    ...base,
    type: 'Task',
    resource: resourceField(fields) ?? { kind: 'lambda', text: '' },
    timeoutSeconds,
    heartbeatSeconds,
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

function secondsField(fields: Fields, name: string): Template | undefined {
  const template = valueOrPathField(fields, name);
  if (template?.kind !== 'literal') return template;
  const seconds = fields.integer(name, 1, MAX_SECONDS);
  return seconds === undefined ? undefined : literal(seconds);
}

/** AWS: a heartbeat comes before the time-out, which is 99,999,999 seconds where there is none. */
function checkHeartbeat(
  fields: Fields,
  heartbeat: Template | undefined,
  timeout: Template | undefined = literal(MAX_SECONDS),
): void {
  if (heartbeat?.kind !== 'literal' || timeout.kind !== 'literal') return;
  if (Number(heartbeat.value) < Number(timeout.value)) return;
  fields.diagnostics.schema('HeartbeatSeconds must be smaller than TimeoutSeconds', fields.place);
}

function credentialsField(fields: Fields): Template | undefined {
  const credentials = fields.object('Credentials');
  if (credentials === undefined) return undefined;
  const template = templateField(fields, 'Credentials');
  if (template?.kind === 'literal') {
    const roleArn = credentials.text('RoleArn');
    if (!credentials.has('RoleArn')) refuseWithoutRole(credentials);
    return literal(roleArn ?? null);
  }
  const member =
    template?.kind === 'object'
      ? template.members.find(({ name }) => name === 'RoleArn')
      : undefined;
  if (member === undefined) refuseWithoutRole(credentials);
  return member?.value;
}

function refuseWithoutRole(credentials: Fields): void {
  credentials.diagnostics.schema(
    "The field 'RoleArn' is required but was missing",
    credentials.place,
  );
}
