import * as v from 'valibot';
import { fields, Text } from '../../core/schema/schema.ts';
import { jsonText } from '../difference.ts';
import { JsonValue } from '../json-value.ts';
import { stepKind } from '../scenario-extension.ts';
import { signedHeaders } from '../signed-headers.ts';

/** Requests a route of an HTTP API, which is named by its logical id. */
export const request = stepKind(
  fields({
    api: Text,
    method: v.optional(Text, 'GET'),
    path: v.pipe(Text, v.startsWith('/', 'Write a path that begins with a slash')),
    body: v.optional(JsonValue),
    /** The status that must come; any of 200 to 299 where it is left out. */
    status: v.optional(v.number('Write a number')),
  }),
  async ({ api, method, path, body, status }, { stage, omit }) => {
    const response = await fetch(`${stage.apiUrl(api)}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...signedHeaders(stage, 'execute-api') },
      ...(body === undefined ? {} : { body: jsonText(body) }),
    });
    const text = await response.text();
    const isAsExpected = status === undefined ? response.ok : response.status === status;
    if (isAsExpected) return;
    omit(
      `${method} ${path} of ${api}: expected ${status ?? 'success'}, got ${response.status} ${text}`,
    );
  },
);
