import { setTimeout as sleep } from 'node:timers/promises';
import { object, optional, safeParse, string } from 'valibot';
import { parseJson } from './parse-json.ts';
import { type SignedService, sendSigned } from './signed-call.ts';

const MAX_ATTEMPTS = 3;

/** A service whose API is AWS JSON 1.1, and where it is asked. */
export interface JsonService extends SignedService {
  /** The prefix of the header `X-Amz-Target`, such as `AmazonSSM`. */
  readonly target: string;
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
  const response = await sendSigned(service, {
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${service.target}.${action}`,
    },
    body: JSON.stringify(input),
  });
  const answer = parseJson(await response.text());
  if (!response.ok) throw refusalOf(answer, response.status);
  return answer;
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
