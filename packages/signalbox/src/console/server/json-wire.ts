import { isJsonObject, type Json } from '../../core/json.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const TIME_NAME = /(Time|Date|time)$/;

/** Makes an SDK's input of JSON: times and payloads, which JSON has as texts, get the SDK's types. */
export function toSdkInput(value: Json, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => toSdkInput(one));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, toSdkInput(one, key)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (TIME_NAME.test(name) && ISO_TIME.test(value)) return new Date(value);
  return name === 'Payload' ? new TextEncoder().encode(value) : value;
}

/** Writes an SDK's output as JSON: times in ISO 8601, bytes as the text that they are. */
export function toJsonText(output: unknown): string {
  return JSON.stringify(output, (_key, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
  );
}
