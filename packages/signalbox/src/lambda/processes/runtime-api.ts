import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WorkerInvocation } from '../worker-messages.ts';

/** What a runtime said of the invocation that it has. */
export type RuntimeReport =
  | { readonly kind: 'succeeded'; readonly payload: string }
  /** `error` is the runtime's error report as JSON text. */
  | { readonly kind: 'failed'; readonly error: string };

/** Who hears what a runtime says. */
export interface RuntimeApiEvents {
  /** The runtime asks for the next invocation: it has done with the one before, if there was one. */
  onNext(): void;
  onReport(report: RuntimeReport): void;
  /** The runtime could not load the function; `error` is its report as JSON text. */
  onInitError(error: string): void;
}

/** AWS: the largest response of a function, with its envelope. */
const RESPONSE_LIMIT_BYTES = 6_291_556;

const PREFIX = '/2018-06-01/runtime/';
const ADDRESS = '127.0.0.1';

/**
 * Lambda's Runtime API for one execution environment, on loopback (Lambda Developer Guide, "Using the Lambda
 * runtime API"). Each environment has a port of its own: many runtimes take no path with the API's address.
 */
export class RuntimeApi {
  readonly #events: RuntimeApiEvents;
  readonly #server: Server;
  #asking: ServerResponse | undefined;
  /** Accepted, and not yet asked for. */
  #offered: WorkerInvocation | undefined;
  /** Handed over, and not yet answered. */
  #running: string | undefined;

  constructor(events: RuntimeApiEvents) {
    this.#events = events;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    // A runtime waits for its next invocation as long as it takes.
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 0;
  }

  /** Opens the port; resolves with the value of AWS_LAMBDA_RUNTIME_API, such as `127.0.0.1:40123`. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, ADDRESS, resolve);
    });
    this.#server.unref();
    const { port } = this.#server.address() as AddressInfo;
    return `${ADDRESS}:${port}`;
  }

  /** Gives the runtime its next invocation, at once if it asks for one already. */
  offer(invocation: WorkerInvocation): void {
    this.#offered = invocation;
    this.#handOver();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : '';
    if (request.method === 'GET' && route === 'invocation/next') return this.#next(response);
    if (request.method !== 'POST') return refuse(response, 404, 'NotFound', `There is no ${path}`);
    const body = await readBody(request);
    if (body === undefined) return;
    if (route === 'init/error') return this.#initError(response, body, request);
    const [, requestId, what] = /^invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    if (requestId === undefined) return refuse(response, 404, 'NotFound', `There is no ${path}`);
    if (requestId !== this.#running) {
      return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    }
    this.#running = undefined;
    if (what === 'error') {
      this.#events.onReport({ kind: 'failed', error: errorText(body, request) });
      return accept(response);
    }
    this.#events.onReport({ kind: 'succeeded', payload: body.toString('utf8') });
    if (body.length <= RESPONSE_LIMIT_BYTES) return accept(response);
    const message = `Exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`;
    refuse(response, 413, 'RequestEntityTooLarge', message);
  }

  #next(response: ServerResponse): void {
    if (this.#running !== undefined) {
      const message = 'Transition from Running to Ready is not allowed before a response';
      refuse(response, 403, 'InvalidStateTransition', message);
      return;
    }
    this.#asking = response;
    this.#events.onNext();
    this.#handOver();
  }

  #initError(response: ServerResponse, body: Buffer, request: IncomingMessage): void {
    this.#events.onInitError(errorText(body, request));
    accept(response);
  }

  #handOver(): void {
    const [response, invocation] = [this.#asking, this.#offered];
    if (response === undefined || invocation === undefined) return;
    this.#asking = undefined;
    this.#offered = undefined;
    this.#running = invocation.requestId;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': invocation.payload.length,
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': String(invocation.deadlineMs),
      'Lambda-Runtime-Invoked-Function-Arn': invocation.invokedFunctionArn,
      'Lambda-Runtime-Trace-Id': invocation.traceId,
      ...(invocation.clientContext === undefined
        ? {}
        : { 'Lambda-Runtime-Client-Context': asHeader(invocation.clientContext) }),
      // Not AWS's: by how much the rehearsal's clock is ahead of real time.
      'Signalbox-Clock-Offset-Ms': String(Math.round(invocation.clockOffsetMs)),
    });
    response.end(invocation.payload);
  }
}

/** A header has no characters beyond Latin-1; JSON can name any by its code. */
function asHeader(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return /[\r\n\t]/.test(character) ? ' ' : `\\u${code}`;
  });
}

/** AWS: what is no JSON object is the error's text, with its type in a header. */
function errorText(body: Buffer, request: IncomingMessage): string {
  const text = body.toString('utf8');
  const errorType = String(request.headers['lambda-runtime-function-error-type'] ?? 'Unknown');
  try {
    const report: unknown = JSON.parse(text);
    if (typeof report !== 'object' || report === null) throw new SyntaxError('no object');
    return 'errorType' in report ? text : JSON.stringify({ ...report, errorType });
  } catch {
    return JSON.stringify({ errorType, errorMessage: text });
  }
}

/** Reads as much of a body as a response may have, and one byte; undefined where its sender is gone. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      if (length <= RESPONSE_LIMIT_BYTES) chunks.push(Buffer.from(chunk));
      length += chunk.length;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function accept(response: ServerResponse): void {
  send(response, 202, { status: 'OK' });
}

function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  send(response, status, { errorMessage, errorType });
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
