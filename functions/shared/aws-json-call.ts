import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Checksum, SourceData } from '@smithy/types';
import { object, optional, safeParse, string } from 'valibot';
import { parseJson } from './parse-json.ts';

const MAX_ATTEMPTS = 3;

/** A service whose API is AWS JSON 1.1, and where it is asked. */
export interface JsonService {
  /** The name that its endpoint and its signatures carry, such as `ssm`. */
  readonly name: string;
  /** The prefix of the header `X-Amz-Target`, such as `AmazonSSM`. */
  readonly target: string;
  readonly region: string;
  readonly timeoutMs?: number | undefined;
}

/** A service's refusal, by AWS's own name for it, such as `ParameterNotFound`. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';

  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * Calls one action of a service by a signed request, without the service's SDK client, whose bundle is
 * some seventy kilobytes for the one or two actions that a function needs. Asked again, up to three times,
 * where AWS throttles, fails or does not answer.
 * @throws {AwsCallError} What the service refuses.
 * @example
 * await callAwsJson({ name: 'ssm', target: 'AmazonSSM', region: 'us-east-1' }, 'GetParameter', { Name: 'plan' });
 */
export async function callAwsJson(
  service: JsonService,
  action: string,
  input: object,
): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await callOnce(service, action, input);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isWorthAnother(error)) throw error;
      await sleep(Math.random() * 100 * 2 ** attempt);
    }
  }
}

async function callOnce(service: JsonService, action: string, input: object): Promise<unknown> {
  const url = endpointOf(service);
  const body = JSON.stringify(input);
  const signed = await signer(service).sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: '/',
    query: {},
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${service.target}.${action}`,
    },
    body,
  });
  const response = await fetch(url, {
    method: 'POST',
    headers: signed.headers,
    body,
    signal: AbortSignal.timeout(service.timeoutMs ?? 5_000),
  });
  const answer = parseJson(await response.text());
  if (!response.ok) throw refusalOf(answer, response.status);
  return answer;
}

/** AWS, "Service endpoints": `https://<name>.<region>.amazonaws.com`, in China with `.cn`. */
function endpointOf({ name, region }: JsonService): URL {
  const given = process.env['AWS_ENDPOINT_URL'] ?? '';
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(given === '' ? `https://${name}.${region}.${suffix}` : given);
}

/** Lambda's environment always has the credentials of the function's role. */
function signer({ name, region }: JsonService): SignatureV4 {
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

const RefusalSchema = object({
  __type: optional(string()),
  message: optional(string()),
  Message: optional(string()),
});

function refusalOf(answer: unknown, status: number): AwsCallError {
  const read = safeParse(RefusalSchema, answer);
  const { __type: type = `Http${status}`, message, Message } = read.success ? read.output : {};
  // AWS: a name may stand behind that of its model, as in `com.amazonaws.ssm#ParameterNotFound`.
  const code = type.split('#').at(-1) ?? type;
  return new AwsCallError(code, message ?? Message ?? `AWS answered ${status}`, status);
}

function isWorthAnother(error: unknown): boolean {
  if (!(error instanceof AwsCallError)) return true;
  return error.status >= 500 || error.status === 429 || /Throttl|TooManyRequests/.test(error.code);
}
