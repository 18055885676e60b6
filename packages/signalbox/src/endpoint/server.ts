import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { AwsError } from '../core/aws-error.ts';
import { UserError } from '../core/user-error.ts';
import { foreignRequest, isFollowedLink } from './foreign-request.ts';
import { isForm, readFormUpload } from './form-upload/form-upload.ts';
import { withBucketOfHost } from './virtual-host.ts';
import { claimedScope } from './wire/credential-scope.ts';
import { type HandleRequestOptions, handleRequest, refuseRequest } from './wire/handle-request.ts';
import { mostBytes } from './wire/most-bytes.ts';
import { readBody } from './wire/read-body.ts';
import { type RequestTarget, requestTargetOf } from './wire/request-target.ts';
import { sendResponse } from './wire/send-response.ts';
import type { WireRequest, WireResponse } from './wire/wire-message.ts';

/** A handler beside the AWS protocols, under a path of its own. */
export interface Mount {
  /** Such as `/_aws/execute-api/abc123`; it takes this path and everything below. */
  readonly prefix: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
}

/** The registry and the address of an endpoint. */
export interface EndpointOptions extends HandleRequestOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on; the loopback address 127.0.0.1 unless given. */
  readonly address?: string | undefined;
  /** Host names that requests may use besides those of the loopback address and `address`. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly mounts?: readonly Mount[];
  /**
   * Whether it serves everybody at once. Otherwise signed requests from outside wait until `open()`:
   * the port is known before the services are there.
   */
  readonly startsOpen?: boolean;
}

/** A listening endpoint. */
export interface Endpoint {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly port: number;
  /** Serves the requests from outside that wait, and all that come. */
  open(): void;
  /** Takes no more requests, lets those under way end for up to a second, then cuts them off. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
// Longer than the SDKs keep an idle connection, so that they never send into one just closed.
const KEEP_ALIVE_MS = 75_000;
const CLOSE_GRACE_MS = 1_000;

/**
 * Starts the AWS endpoint, on the loopback address unless another is given.
 * Only requests that name it as their host are served, and none that a web page of another
 * origin makes, so that no site in a browser can reach into the rehearsal.
 * @throws {UserError} When the port is taken or not to be had.
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const gate = createGate(options.startsOpen === true);
  const server = createServer((request, response) => {
    respond(request, response, options, gate).catch((bug: unknown) => {
      // A client that hangs up while it sends is no bug.
      if (request.errored === null) options.onBug(bug);
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const { port } = await listen(server, options);
  const url = `http://${ownHost(options)}:${port}`;
  return { url, port, open: gate.open, close: () => close(server) };
}

/** Whether requests from outside are served yet. */
interface Gate {
  readonly opened: Promise<void>;
  isOpen(): boolean;
  open(): void;
}

function createGate(startsOpen: boolean): Gate {
  let isOpen = startsOpen;
  let release = () => {};
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  function open(): void {
    isOpen = true;
    release();
  }
  if (startsOpen) open();
  return { opened, isOpen: () => isOpen, open };
}

/** The host of the endpoint's URL; a wildcard address includes the loopback address. */
function ownHost({ address = LOOPBACK }: EndpointOptions): string {
  if (address === '0.0.0.0' || address === '::') return LOOPBACK;
  return isIPv6(address) ? `[${address}]` : address;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: EndpointOptions,
  gate: Gate,
): Promise<void> {
  const hosts = [ownHost(options), ...(options.allowedHosts ?? [])];
  const refusal = foreignRequest(request, request.socket.localPort ?? 0, hosts);
  if (refusal !== undefined) return sendJson(response, 403, { message: refusal });
  const asked = requestTargetOf(request);
  const signed = claimedScope({ ...asked, headers: request.headers });
  const isS3 = signed?.service === 's3';
  const target = isS3 ? withBucketOfHost(asked, request.headers.host) : asked;
  // A function goes on with what an earlier process began, while the rehearsal still starts.
  const isOutside = options.principals.callerOf(signed?.accessKeyId ?? '').isOutside === true;
  if (signed !== undefined && isOutside) await gate.opened;
  const mount = options.mounts?.find(({ prefix }) => isBelow(target.path, prefix));
  if (mount !== undefined) return mount.handle(request, response);
  if (signed === undefined && !gate.isOpen()) return sendStarting(response);
  if (isVisit(request, target)) return sendJson(response, 200, describe(options));
  if (isFollowedLink(request)) {
    return sendJson(response, 403, { message: 'Refused: a link cannot call an AWS API' });
  }
  const { status, headers, body } = await handleAws(request, target, options, hangUpOf(response));
  sendResponse(response, status, headers, body);
}

async function handleAws(
  request: IncomingMessage,
  { path, query }: RequestTarget,
  options: HandleRequestOptions,
  hungUp: AbortSignal,
): Promise<WireResponse> {
  const unread: WireRequest = {
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.headers,
    body: Buffer.alloc(0),
    hungUp,
  };
  try {
    const signed = claimedScope(unread)?.service;
    const isUpload = signed === undefined && isForm(unread);
    const read = await readBody(request, mostBytes(isUpload ? 's3' : signed, unread));
    const whole = { ...unread, ...read };
    return await (isUpload ? handleForm : handleRequest)(whole, options);
  } catch (error) {
    if (error instanceof AwsError) return refuseRequest(unread, error);
    throw error;
  }
}

/** A form is refused as Amazon S3 refuses, and else is the PutObject that it stands for. */
async function handleForm(form: WireRequest, options: HandleRequestOptions): Promise<WireResponse> {
  try {
    // By the client's clock, as policies are written.
    const upload = await readFormUpload(form, Date.now());
    return upload.answer(await handleRequest(upload.request, options));
  } catch (error) {
    if (error instanceof AwsError) return refuseForm(form, error);
    throw error;
  }
}

function refuseForm(form: WireRequest, error: AwsError): WireResponse {
  const authorization = 'AWS4-HMAC-SHA256 Credential=form/20000101/us-east-1/s3/aws4_request';
  return refuseRequest({ ...form, headers: { ...form.headers, authorization } }, error);
}

/** Aborts when the connection ends before the response is sent. */
function hangUpOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function isVisit(request: IncomingMessage, { path, query }: RequestTarget): boolean {
  return (
    request.method === 'GET' &&
    path === '/' &&
    query.size === 0 &&
    request.headers.authorization === undefined
  );
}

function describe({ registry, mounts = [] }: EndpointOptions): object {
  return {
    name: 'signalbox',
    what: 'A rehearsal of AWS on this machine: point AWS_ENDPOINT_URL here',
    services: [...registry.services.keys()].sort(),
    mounts: mounts.map(({ prefix }) => prefix),
  };
}

function sendStarting(response: ServerResponse): void {
  response.setHeader('retry-after', '1');
  sendJson(response, 503, { message: 'The rehearsal is starting' });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const headers = { 'content-type': 'application/json' };
  sendResponse(response, status, headers, JSON.stringify(body));
}

function listen(server: Server, options: EndpointOptions): Promise<AddressInfo> {
  const { port, address = LOOPBACK } = options;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options)));
    server.listen(port, address, () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') throw new TypeError('No TCP address');
      resolve(bound);
    });
  });
}

function listenError(error: NodeJS.ErrnoException, { port, address }: EndpointOptions): Error {
  const another = 'choose another with --port N (0 takes any free one)';
  if (error.code === 'EADDRINUSE') {
    return new UserError(
      'port-busy',
      `Port ${port} is taken: stop what listens on it, or ${another}`,
    );
  }
  if (error.code === 'EACCES') {
    return new UserError('port-busy', `Port ${port} is reserved for the system: ${another}`);
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError('usage', `This machine has no address ${address}: name one of its own`);
  }
  return error;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}
