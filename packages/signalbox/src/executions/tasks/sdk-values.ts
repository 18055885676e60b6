import { isJsonNumber, jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { nearest } from '../../core/nearest.ts';
import { javaMemberName } from './java-names.ts';
import type { SdkMember, SdkShape } from './sdk-shape.ts';

/** A member of a task's arguments that the API does not have. */
export class UnknownMember extends Error {}

/**
 * Turns a task's arguments into the SDK's input: members by their names in the API's model, times and
 * bytes by their types; a member that is null is left out, as AWS does.
 * @throws {UnknownMember} Where the API has no such member.
 */
export function toModelInput(shape: SdkShape, value: Json): unknown {
  switch (shape.kind) {
    case 'structure':
      return isJsonObject(value) ? toStructure(shape, value) : value;
    case 'list':
      return Array.isArray(value)
        ? value.map((item: Json) => toModelInput(shape.items(), item))
        : value;
    case 'map':
      if (!isJsonObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, toModelInput(shape.items(), item)]),
      );
    case 'timestamp':
      return toDate(value);
    case 'blob':
      return new TextEncoder().encode(jsonText(value));
    case 'number':
      return isJsonNumber(value) ? Number(value) : value;
    case 'other':
      return value;
  }
}

function toStructure(shape: Extract<SdkShape, { kind: 'structure' }>, value: JsonObject): object {
  const members = shape.members();
  const given: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const found = members.get(name) ?? capitalMember(name, members);
    if (found === undefined) throw unknownMember(name, [...members.keys()]);
    if (member !== null) given.push([found.name, toModelInput(found.shape, member)]);
  }
  return Object.fromEntries(given);
}

/** The types of DynamoDB's attributes, such as `BOOL`, are taken as the API writes them too. */
function capitalMember(
  name: string,
  members: ReadonlyMap<string, SdkMember>,
): SdkMember | undefined {
  return /^[A-Z]{2,4}$/.test(name) ? members.get(javaMemberName(name)) : undefined;
}

function unknownMember(name: string, known: readonly string[]): UnknownMember {
  const meant = nearest(name, known);
  const hint = meant === undefined ? '' : `: did you mean '${meant}'?`;
  return new UnknownMember(`The field '${name}' is not supported by Step Functions${hint}`);
}

function toDate(value: Json): unknown {
  if (isJsonNumber(value)) return new Date(Number(value) * 1000);
  return typeof value === 'string' ? new Date(value) : value;
}

/** Turns an SDK's output into a task's result: members as the SDK for Java names them, dates in ISO 8601. */
export function fromModelOutput(shape: SdkShape, value: unknown, text: 'utf8' | 'base64'): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (isJsonNumber(value)) return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString(text);
  if (Array.isArray(value)) {
    const items = shape.kind === 'list' ? shape.items() : OTHER;
    return value.map((item: unknown) => fromModelOutput(items, item, text));
  }
  if (typeof value === 'object') return fromMembers(shape, value, text);
  throw new TypeError(`Cannot make JSON of a ${typeof value} in a service's output`);
}

const OTHER: SdkShape = { kind: 'other' };

function fromMembers(shape: SdkShape, value: object, text: 'utf8' | 'base64'): Json {
  const members = Object.entries(value).filter(
    ([name, member]) => member !== undefined && name !== '$metadata',
  );
  return Object.fromEntries(
    members.map(([name, member]) => {
      if (shape.kind === 'map') return [name, fromModelOutput(shape.items(), member, text)];
      if (shape.kind !== 'structure') return [name, fromModelOutput(OTHER, member, text)];
      const java = javaMemberName(name);
      const inner = shape.members().get(java)?.shape ?? OTHER;
      return [java, fromModelOutput(inner, member, text)];
    }),
  );
}
