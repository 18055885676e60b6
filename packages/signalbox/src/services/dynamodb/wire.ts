import type { Json, JsonObject } from '../../core/json.ts';
import { markWellFormed, type WellFormed, wellFormed } from '../../core/well-formed.ts';

/** dynalite assigns attributes one by one, and loses one of this name: it gets another one there. */
const PROTO = '__proto__';
const PROTO_INSIDE = '\uE000proto__';

/** Members of an attribute value that hold texts, which are data and no names. */
const DATA = new Set(['S', 'SS']);

/** Members of an attribute value that hold numbers; an attribute of such a name holds an object. */
const NUMBERS = new Set(['N', 'NS']);

/** Writes an SDK input as DynamoDB's JSON: binary values in base64, absent members left out. */
export function toWire(input: object): JsonObject {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name === PROTO ? PROTO_INSIDE : name, wireValue(name, value)]),
  );
}

function wireValue(name: string, value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  const mark = wellFormed(value);
  if (mark !== undefined) return markedCopyOf(value, mark);
  if (Array.isArray(value)) return value.map((member) => wireValue(name, member));
  // DynamoDB takes a plus before a number, dynalite does not.
  if (NUMBERS.has(name) && typeof value === 'string') return value.replace(/^\+(?=[\d.])/, '');
  if (typeof value === 'object' && value !== null) return toWire(value);
  if (value === PROTO && !DATA.has(name)) return PROTO_INSIDE;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return null;
}

/** A copy of what is in the right form already: it may be long. */
function markedCopyOf(value: unknown, mark: WellFormed): Json {
  const copy = copyOf(value);
  if (typeof copy === 'object' && copy !== null) markWellFormed(copy, mark);
  return copy;
}

function copyOf(value: unknown): Json {
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  }
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value === 'object' && value !== null) {
    const copy: Record<string, Json> = {};
    for (const name of Object.keys(value)) copy[name] = copyOf(Reflect.get(value, name));
    return copy;
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** The text of an output in DynamoDB's JSON; undefined where a name in it has another one inside. */
export function wireText(output: JsonObject): string | undefined {
  const text = JSON.stringify(output);
  return text.includes(PROTO_INSIDE) ? undefined : text;
}

/** Reads DynamoDB's JSON into the SDK's output shape: bytes for binary values, dates for date-times. */
export function fromWire(output: object): object {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => [
      name === PROTO_INSIDE ? PROTO : name,
      sdkValue(name, value),
    ]),
  );
}

function sdkValue(name: string, value: unknown): unknown {
  // Only an attribute value has a text under "B": an attribute of that name holds an object.
  if (name === 'B' && typeof value === 'string') return toBytes(value);
  if (name === 'BS' && Array.isArray(value)) return value.map(toBytes);
  if (name.endsWith('DateTime') && typeof value === 'number') return new Date(value * 1000);
  if (Array.isArray(value)) return value.map((member) => sdkValue('', member));
  if (value === PROTO_INSIDE) return PROTO;
  return typeof value === 'object' && value !== null ? fromWire(value) : value;
}

function toBytes(base64: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(String(base64), 'base64'));
}
