import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import { decodeUri } from '../../core/names/decode-uri.ts';
import { UserError } from '../../core/user-error.ts';
import type { Mount } from '../../endpoint/server.ts';
import { requestTargetOf } from '../../endpoint/wire/request-target.ts';
import { sendResponse } from '../../endpoint/wire/send-response.ts';

/** A request to a mount. */
export interface MountRequest {
  readonly method: string;
  /** The path below the mount, in parts. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** Handles a request; undefined where nothing is at the path. @throws {UserError} For what can't be done. */
export type MountHandler = (
  request: MountRequest,
) => object | undefined | Promise<object | undefined>;

/**
 * Makes a mount that responds in JSON: 404 where nothing is, and 400 with code and message for a
 * mistake of the user's.
 */
export function createMount(
  prefix: string,
  handler: MountHandler,
  onBug: (bug: unknown) => void,
): Mount {
  return {
    prefix,
    handle(request, response) {
      respond(request, response, prefix, handler).catch((bug: unknown) => {
        onBug(bug);
        response.destroy();
      });
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  prefix: string,
  handler: MountHandler,
): Promise<void> {
  const { method = 'GET' } = request;
  const { path, query } = requestTargetOf(request);
  const rest = path.slice(prefix.length).split('/').slice(1);
  const parts = rest.filter((part) => part !== '').map((part) => decodeUri(part) ?? part);
  try {
    const body = await handler({ method, parts, query });
    const nothing = { message: `Nothing is at ${method} ${path}` };
    sendJson(response, body === undefined ? 404 : 200, body ?? nothing);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    sendJson(response, 400, { code: error.code, message: error.message });
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  sendResponse(response, status, { 'content-type': 'application/json' }, jsonText(body));
}
