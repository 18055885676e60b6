import { types } from 'node:util';

/** Writes a plain value as JSON text: JSON, dates, bytes, and maps with texts as keys. */
export function writeValue(value: unknown): string {
  return JSON.stringify(value, replace);
}

/** Reads what `writeValue` has written; its reader knows its type. */
export function readValue<T>(text: string): T {
  return JSON.parse(text, revive);
}

const DATE = '$signalbox:date';
const BYTES = '$signalbox:bytes';
const MAP = '$signalbox:map';

/** JSON.stringify has turned a date into a text before it asks: the holder still has the date. */
function replace(this: Readonly<Record<string, unknown>>, key: string, json: unknown): unknown {
  const value = this[key];
  if (types.isDate(value)) return { [DATE]: value.getTime() };
  if (types.isUint8Array(value)) return { [BYTES]: Buffer.from(value).toString('base64') };
  if (types.isMap(value)) return { [MAP]: [...value] };
  return json;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return value;
  const [tag, content] = entry;
  if (tag === DATE && typeof content === 'number') return new Date(content);
  if (tag === BYTES && typeof content === 'string') return Buffer.from(content, 'base64');
  if (tag === MAP && Array.isArray(content)) return new Map(content);
  return value;
}
