import { AwsError } from '../../src/core/aws-error.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { actionOf } from '../states/recorded-api.ts';

/** Calls an action of the Step Functions API over HTTP, by its recorded name. */
export type CallLive = (op: string, args: object) => Promise<JsonObject>;

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=conformance/20260102/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0',
};

/**
 * Returns the caller of a rehearsal's Step Functions API.
 * @throws {AwsError} From its calls, with the name and message of a refusal.
 */
export function liveApi(url: string): CallLive {
  return async (op, args) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...HEADERS, 'x-amz-target': `AWSStepFunctions.${actionOf(op)}` },
      body: JSON.stringify(args),
    });
    const body: JsonObject = JSON.parse(await response.text());
    if (response.ok) return body;
    const { __type: type, message } = body;
    throw new AwsError(String(type).split('#').at(-1) ?? '', String(message));
  };
}
