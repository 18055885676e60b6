import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { UserError } from '../core/user-error.ts';

/**
 * Reads events as people have them at hand: an array of PutEvents entries, one such entry, or an
 * event in the form in which EventBridge delivers it (`source`, `detail-type`, `detail`).
 * @throws {UserError} When it is none of these; what EventBridge itself must refuse goes through.
 */
export function entriesOf(value: Json, file: string): readonly PutEventsRequestEntry[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  return list.map((one, index) => {
    const entry = isJsonObject(one) ? entryOf(one) : undefined;
    if (entry !== undefined) return entry;
    throw new UserError(
      'invalid',
      `${file}: Cannot read event ${index}: write {"Source", "DetailType", "Detail", "EventBusName"} or {"source", "detail-type", "detail"}`,
    );
  });
}

function entryOf(one: JsonObject): PutEventsRequestEntry | undefined {
  if ('Source' in one || 'DetailType' in one || 'Detail' in one) return putEventsEntry(one);
  const { source, detail } = one;
  const detailType = one['detail-type'];
  if (typeof source !== 'string' || typeof detailType !== 'string') return undefined;
  return { Source: source, DetailType: detailType, Detail: JSON.stringify(detail ?? {}) };
}

function putEventsEntry(one: JsonObject): PutEventsRequestEntry {
  const entry: PutEventsRequestEntry = {};
  for (const key of ['Source', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader'] as const) {
    const value = one[key];
    if (typeof value === 'string') entry[key] = value;
  }
  if (typeof one['Time'] === 'string') entry.Time = new Date(one['Time']);
  const resources = one['Resources'];
  if (Array.isArray(resources)) entry.Resources = resources.map(String);
  return entry;
}
