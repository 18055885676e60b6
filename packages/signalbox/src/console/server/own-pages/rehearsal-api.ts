import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../core/json.ts';
import type { StackPlace } from '../../../core/stack-place.ts';

/**
 * Asks the rehearsal for what AWS has no API for, at the paths that the command line asks too.
 * @throws {Error} With what the rehearsal says where it refuses.
 */
export async function askRehearsal(
  { endpoint = '', client: { region = '' } }: StackPlace,
  path: string,
  method: 'GET' | 'POST' = 'GET',
): Promise<JsonObject> {
  const separator = path.includes('?') ? '&' : '?';
  const url = `${endpoint}/_signalbox/${path}${separator}region=${region}`;
  const response = await fetch(url, { method });
  const body = parseJson(await response.text());
  const answer = isJsonObject(body) ? body : {};
  if (!response.ok) throw new Error(String(answer['message'] ?? `HTTP ${response.status}`));
  return answer;
}

/** The objects of a list in an answer. */
export function listIn(answer: JsonObject, name: string): readonly JsonObject[] {
  const list: Json | undefined = answer[name];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** A text of an object; empty where there is none. */
export function textIn(value: JsonObject, name: string): string {
  const text = value[name];
  return typeof text === 'string' ? text : '';
}
