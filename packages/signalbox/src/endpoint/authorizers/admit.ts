import type { Caller } from '../../core/service.ts';
import type { JwtAuthorizer, RouteAuthorizer } from '../../template/api/authorizer.ts';
import type { InvokeOptions } from '../invoke-function.ts';
import { type Admission, type Asking, admitted, refused, unauthorized } from './admission.ts';
import { askFunction } from './ask-function.ts';
import { readToken } from './jwt-claims.ts';

/** The call path and clock of authorizers. */
export interface AdmitOptions extends InvokeOptions {
  readonly now: () => Date;
  /** Returns the owner of an access key, for routes that ask for IAM credentials. */
  readonly callerOf: (accessKeyId: string) => Caller;
}

/**
 * Decides whether a request is admitted to a route. Whoever signs with IAM credentials is admitted before:
 * `AWS_IAM` says nothing here.
 */
export async function admit(
  authorizer: RouteAuthorizer,
  asking: Asking,
  options: AdmitOptions,
): Promise<Admission> {
  if (typeof authorizer === 'string') return admitted();
  switch (authorizer.kind) {
    case 'lambda':
      return askFunction(authorizer, asking, options);
    case 'jwt':
      return byClaims(authorizer, asking, options.now().getTime());
    case 'other': {
      const { name, type } = authorizer;
      return refused(501, {
        message: `The rehearsal has no authorizer of type ${type}, as ${name} is`,
      });
    }
  }
}

function byClaims(authorizer: JwtAuthorizer, asking: Asking, nowMs: number): Admission {
  const { isRest } = asking;
  const header = asking.identity(authorizer.identitySource);
  if (header === undefined || header === '') return unauthorized(isRest ? {} : challenge(''));
  const token = readToken(header, authorizer, nowMs);
  switch (token.kind) {
    case 'claims': {
      const { claims } = token;
      const scopes = authorizer.scopes.length === 0 ? null : [...token.scopes];
      return admitted(isRest ? { claims } : { jwt: { claims, scopes } });
    }
    case 'scope':
      return isRest
        ? unauthorized()
        : refused(403, { message: 'Forbidden' }, challenge('insufficient_scope'));
    case 'expired':
      return isRest
        ? refused(401, { message: 'The incoming token has expired' })
        : unauthorized(challenge('invalid_token', 'the token has expired'));
    case 'invalid':
      return unauthorized(isRest ? {} : challenge('invalid_token', token.reason));
  }
}

function challenge(error: string, description = ''): Record<string, string> {
  const parts = [
    ...(error === '' ? [] : [`error="${error}"`]),
    ...(description === '' ? [] : [`error_description="${description}"`]),
  ];
  return { 'www-authenticate': `Bearer ${parts.join(' ')}`.trim() };
}
