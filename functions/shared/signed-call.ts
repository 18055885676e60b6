import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Checksum, SourceData } from '@smithy/types';

/** A service of AWS, and where it is asked. */
export interface SignedService {
  /** The name that its endpoint and its signatures carry, such as `ssm`. */
  readonly name: string;
  readonly region: string;
  readonly timeoutMs?: number | undefined;
}

/** A request, its path encoded as the API wants it. */
export interface SignedRequest {
  /** A POST unless given. */
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** None for a GET. */
  readonly body?: string;
}

/** Sends a request with the signature of the function's role. */
export async function sendSigned(
  service: SignedService,
  { method = 'POST', path, headers, body }: SignedRequest,
): Promise<Response> {
  const url = endpointOf(service);
  const given = body === undefined ? {} : { body };
  const signed = await signer(service).sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path,
    query: {},
    headers: { host: url.host, ...traceHeader(), ...headers },
    ...given,
  });
  return fetch(new URL(path, url), {
    method,
    headers: signed.headers,
    ...given,
    signal: AbortSignal.timeout(service.timeoutMs ?? 5_000),
  });
}

/** AWS, "Service endpoints": `https://<name>.<region>.amazonaws.com`, in China with `.cn`. */
function endpointOf({ name, region }: SignedService): URL {
  const given = process.env['AWS_ENDPOINT_URL'] ?? '';
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(given === '' ? `https://${name}.${region}.${suffix}` : given);
}

/** The trace that the invocation belongs to, as the SDK's clients hand it on: AWS ends loops of functions by it. */
function traceHeader(): Readonly<Record<string, string>> {
  const trace = process.env['_X_AMZN_TRACE_ID'];
  return trace === undefined ? {} : { 'x-amzn-trace-id': trace };
}

/** Lambda's environment always has the credentials of the function's role. */
function signer({ name, region }: SignedService): SignatureV4 {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return new SignatureV4({
    service: name,
    region,
    sha256: Sha256,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
      ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
    },
  });
}

/** SHA-256 of Node.js as Smithy asks for it. */
class Sha256 implements Checksum {
  #hash;

  constructor(secret?: SourceData) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new TypeError('A signature is made once');
  }
}

function bytesOf(data: SourceData): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
