import type { JsonObject } from '../../core/json.ts';
import type { HttpApiResponse } from '../http-api/http-api-response.ts';

/** Whether a request is admitted. */
export type Admission = Admitted | { readonly kind: 'refused'; readonly response: HttpApiResponse };

/** A request that is admitted, with what its integration learns of the caller. */
interface Admitted {
  readonly kind: 'admitted';
  readonly authorizer: JsonObject | undefined;
  /** The signer, as `requestContext.identity` of a REST API has it. */
  readonly identity?: JsonObject;
}

/** A request that asks to be admitted. */
export interface Asking {
  /** REST APIs and HTTP APIs refuse in words of their own. */
  readonly isRest: boolean;
  /** The value of an identity source, such as that of `header.Authorization`. */
  identity(source: string): string | undefined;
  /** Of the method or route, such as `arn:aws:execute-api:eu-west-1:123456789012:abc123/Prod/GET/orders`. */
  readonly methodArn: string;
  /** The request as a function gets it in a payload format, without its body. */
  event(payloadFormat: '1.0' | '2.0'): JsonObject;
}

/** Admits a request. */
export function admitted(authorizer?: JsonObject): Admitted {
  return { kind: 'admitted', authorizer };
}

/** Refuses a request in API Gateway's words. */
export function refused(
  status: number,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): Admission {
  return {
    kind: 'refused',
    response: {
      status,
      headers: { 'content-type': 'application/json', ...headers },
      cookies: [],
      body: JSON.stringify(body),
    },
  };
}

/** Refuses a request whose identity is missing or wrong. */
export function unauthorized(headers?: Readonly<Record<string, string>>): Admission {
  return refused(401, { message: 'Unauthorized' }, headers);
}
