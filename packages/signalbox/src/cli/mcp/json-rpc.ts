import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';

/** A refusal of a request, with its code (JSON-RPC 2.0, section 5.1). */
export class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;
export const METHOD_NOT_FOUND = -32_601;
export const INVALID_PARAMS = -32_602;
export const INTERNAL_ERROR = -32_603;

/** Runs a method; what it throws as `RpcError` is the client's mistake. */
export type RpcHandler = (method: string, params: JsonObject) => Promise<object>;

/**
 * Serves JSON-RPC 2.0, one message a line, until the input ends. Requests run beside each other; notifications
 * get no response.
 */
export async function serveJsonRpc(
  input: Readable,
  write: (line: string) => void,
  handle: RpcHandler,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    const work = respond(line, handle).then((response) => {
      if (response !== undefined) write(`${JSON.stringify({ jsonrpc: '2.0', ...response })}\n`);
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  }
  await Promise.all(running);
}

async function respond(line: string, handle: RpcHandler): Promise<object | undefined> {
  const message = parseJson(line);
  if (message === undefined) return failure(null, new RpcError(PARSE_ERROR, 'This is no JSON'));
  if (!isJsonObject(message) || typeof message['method'] !== 'string') {
    const isResponse = isJsonObject(message) && ('result' in message || 'error' in message);
    return isResponse
      ? undefined
      : failure(null, new RpcError(INVALID_REQUEST, 'This is no request'));
  }
  const { id, method } = message;
  const params = isJsonObject(message['params']) ? message['params'] : {};
  if (id === undefined) return undefined;
  try {
    return { id, result: await handle(method, params) };
  } catch (error) {
    return failure(id, error);
  }
}

function failure(id: Json, error: unknown): object {
  const code = error instanceof RpcError ? error.code : INTERNAL_ERROR;
  const message = error instanceof Error ? error.message : String(error);
  return { id, error: { code, message } };
}
