import type { HttpRequest } from './http-call.ts';
import { isJsonObject, parseJson } from './json.ts';
import type { Caller } from './service.ts';

/** A parameter of HTTP, such as a header. */
export type HttpPair = readonly [name: string, value: string];

/** The parts of a request that a connection adds: its credentials, and what goes with every call. */
export interface ConnectionCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly HttpPair[];
  readonly body: readonly HttpPair[];
  /** Lets a token be asked for anew the next time; undefined where there is none. */
  readonly forget?: () => void;
}

/** The state of a connection of EventBridge's that cannot be used. */
export class ConnectionUnusable extends Error {
  override readonly name = 'ConnectionUnusable';
  /** AWS's name of the error for an HTTP Task. */
  readonly error: string;

  constructor(error: string, message: string) {
    super(message);
    this.error = error;
  }
}

/**
 * Finds what a connection adds to a request; its secret is read in the caller's name.
 * @throws {ConnectionUnusable} Where there is no such connection, or it lets nobody in.
 */
export type FindCredentials = (
  connectionArn: string,
  caller: Caller,
) => Promise<ConnectionCredentials>;

/** Adds to a request what its connection says; the connection has the last word, as on AWS. */
export function addCredentials(
  { method, url, headers, body }: HttpRequest,
  added: ConnectionCredentials,
): HttpRequest {
  const to = new URL(url);
  for (const [name, value] of added.query) to.searchParams.set(name, value);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return {
    method,
    url: to.href,
    headers: { ...headers, ...added.headers },
    body: hasBody ? withPairs(body, added.body) : body,
  };
}

/** What a connection adds to a body goes into its JSON object; a body of another kind stays. */
function withPairs(text: string | undefined, pairs: readonly HttpPair[]): string | undefined {
  if (pairs.length === 0) return text;
  const body = parseJson(text ?? '{}');
  if (!isJsonObject(body)) return text;
  return JSON.stringify({ ...body, ...Object.fromEntries(pairs) });
}
