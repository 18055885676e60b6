import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Sends a whole response; a 204 goes without a length, as HTTP wants it (RFC 9110, section 8.6). */
export function sendResponse(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Uint8Array,
): void {
  // HEAD has the length of a body that does not come.
  const isTold = response.req.method === 'HEAD' && headers['content-length'] !== undefined;
  const length = status === 204 || isTold ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}
