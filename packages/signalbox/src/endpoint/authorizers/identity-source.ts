import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';

/**
 * Finds the value of an identity source.
 * @param source Such as `header.Authorization`, `querystring.key` or `context.identity.sourceIp`.
 * @param context `requestContext` of the event.
 * @returns Undefined where the request has none; there are no stage variables.
 */
export function identityIn(
  source: string,
  headers: IncomingHttpHeaders,
  rawQuery: string,
  context: JsonObject,
): string | undefined {
  const at = source.indexOf('.');
  const [kind, name] = [source.slice(0, at), source.slice(at + 1)];
  if (kind === 'header') {
    const value = ownMember(headers, name.toLowerCase());
    return value === undefined ? undefined : String(value);
  }
  if (kind === 'querystring') return new URLSearchParams(rawQuery).get(name) ?? undefined;
  if (kind !== 'context') return undefined;
  const found = name
    .split('.')
    .reduce<Json | undefined>(
      (value, part) => (isJsonObject(value) ? ownMember(value, part) : undefined),
      context,
    );
  return found === undefined || found === null ? undefined : String(found);
}
