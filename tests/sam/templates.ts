import { readFileSync } from 'node:fs';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';

/** The expanded templates by the logical id of their stack; `Root` is template.yaml. */
export const templates: JsonObject = JSON.parse(readFileSync('.aws-sam/expanded.json', 'utf8'));

/** Reads an object inside another one. @throws {TypeError} Where there is none. */
export function objectAt(value: Json | undefined, key: string): JsonObject {
  const inner = isJsonObject(value) ? value[key] : undefined;
  if (isJsonObject(inner)) return inner;
  throw new TypeError(`No object at ${key} of ${JSON.stringify(value)}`);
}

/** Reads a list; a single value is a list of one. */
export function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The properties of a stack's resource, with functions as they are written. */
export function propertiesOf(stack: string, logicalId: string): JsonObject {
  const resource = objectAt(objectAt(objectAt(templates, stack), 'Resources'), logicalId);
  return objectAt(resource, 'Properties');
}
