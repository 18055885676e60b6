import {
  JsonShapeDeserializer,
  JsonShapeDeserializer2,
  JsonShapeSerializer2,
} from '@aws-sdk/core/protocols';
import type { JsonSettings } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { isTooDeep } from '../../core/json.ts';
import { putBack } from '../../core/well-formed.ts';
import { takeAttributeValues } from './attribute-values.ts';
import { serializationError } from './check-input.ts';
import { refuseLongItem } from './long-item.ts';

// Schema sentinels of the SDK: timestamps as Unix seconds, and a document of any shape.
const EPOCH_SECONDS = 7;
const DOCUMENT = 15;

/** `__proto__`, whose first character may be escaped. */
const PROTO_KEY = /(?:_|\\u005f)_proto__/i;

/** Reads and writes one flavour of JSON by schema. */
export interface JsonCodec {
  /** @throws {AwsError} SerializationException, when the text is no JSON object. */
  read(schema: NormalizedSchema, text: string): object;
  /** Writes by the schema; without one, as any JSON. */
  write(schema: NormalizedSchema | undefined, value: object): string;
}

/** Makes the codec of awsJson, or of restJson, which renames members and binds others to HTTP. */
export function createJsonCodec(flavour: 'awsJson' | 'restJson'): JsonCodec {
  const rest = flavour === 'restJson';
  const settings: JsonSettings = {
    timestampFormat: { useTrait: true, default: EPOCH_SECONDS },
    jsonName: rest,
    ...(rest ? { httpBindings: true } : {}),
  };
  const deserializer = new JsonShapeDeserializer2(settings);
  // The newer one is quicker and loses the value of a map's key of this name.
  const carefulDeserializer = new JsonShapeDeserializer(settings);
  const serializer = new JsonShapeSerializer2(settings);

  function read(schema: NormalizedSchema, text: string): object {
    refuseLongItem(schema, text);
    const value = parseObject(text);
    const taken = rest ? [] : takeAttributeValues(schema, value);
    refuseLists(schema, value, rest);
    const reader = PROTO_KEY.test(text) ? carefulDeserializer : deserializer;
    const input = reader.readObject(schema, value) ?? {};
    putBack(taken, input);
    return input;
  }

  function write(schema: NormalizedSchema | undefined, value: object): string {
    if (schema?.isUnitSchema()) return '{}';
    serializer.write(schema?.getSchema() ?? DOCUMENT, value);
    const { buffer, byteOffset, byteLength } = serializer.flush();
    return Buffer.from(buffer, byteOffset, byteLength).toString();
  }

  return { read, write };
}

function parseObject(text: string) {
  if (isTooDeep(text)) throw serializationError();
  try {
    // AWS: an operation without input may be sent without a body.
    const value = JSON.parse(text === '' ? '{}' : text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // A text that is no JSON is refused like a value that is no object.
  }
  throw serializationError();
}

// The SDK's codec would read a list as a structure without members.
function refuseLists(schema: NormalizedSchema, value: unknown, rest: boolean): void {
  if (typeof value !== 'object' || value === null) return;
  if (schema.isListSchema() || schema.isMapSchema()) {
    const item = schema.getValueSchema();
    for (const each of Object.values(value)) refuseLists(item, each, rest);
  }
  if (!schema.isStructSchema()) return;
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected');
  for (const [name, member] of schema.structIterator()) {
    const key = rest ? (member.getMergedTraits().jsonName ?? name) : name;
    refuseLists(member, Reflect.get(value, key), rest);
  }
}
