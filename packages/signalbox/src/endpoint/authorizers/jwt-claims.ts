import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import type { JwtAuthorizer } from '../../template/api/authorizer.ts';

/** The claims of a token, or why it is not admitted. */
export type ReadToken =
  | { readonly kind: 'claims'; readonly claims: JsonObject; readonly scopes: readonly string[] }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'scope' };

/**
 * Checks the claims of a JSON Web Token against an authorizer. The signature is not verified: the issuer's
 * keys are not on this machine.
 * @param header The value of the identity source, with or without `Bearer`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function readToken(header: string, authorizer: JwtAuthorizer, nowMs: number): ReadToken {
  const claims = claimsIn(header.replace(/^Bearer\s+/i, ''));
  if (claims === undefined) return invalid('the token is no JSON Web Token');
  const { iss, exp, nbf, iat } = claims;
  const nowSeconds = nowMs / 1000;
  if (typeof exp !== 'number') return invalid('the token has no exp claim');
  if (exp <= nowSeconds) return { kind: 'expired' };
  if (typeof nbf === 'number' && nbf > nowSeconds) return invalid('the token is not valid yet');
  if (typeof iat === 'number' && iat > nowSeconds) return invalid('the token is of the future');
  if (!isIssuer(iss, authorizer.issuer)) return invalid(`the token's iss is ${String(iss)}`);
  if (!hasAudience(claims, authorizer.audience))
    return invalid('the token is for another audience');
  const scopes = scopesIn(claims);
  const isInScope =
    authorizer.scopes.length === 0 || authorizer.scopes.some((scope) => scopes.includes(scope));
  return isInScope ? { kind: 'claims', claims, scopes } : { kind: 'scope' };
}

function claimsIn(token: string): JsonObject | undefined {
  const [header, payload, signature] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined) return undefined;
  const isHeader = isJsonObject(parseJson(Buffer.from(header, 'base64url').toString()));
  const claims = parseJson(Buffer.from(payload, 'base64url').toString());
  return isHeader && isJsonObject(claims) ? claims : undefined;
}

function isIssuer(iss: Json | undefined, issuer: JwtAuthorizer['issuer']): boolean {
  if (typeof iss !== 'string') return false;
  if ('whole' in issuer) return iss === issuer.whole;
  return issuer.end.some((id) => iss.endsWith(`/${id}`));
}

/** AWS: `client_id` counts where there is no `aud`. */
function hasAudience({ aud, client_id }: JsonObject, audience: readonly string[]): boolean {
  if (audience.length === 0) return true;
  const given = aud ?? client_id ?? '';
  const all = Array.isArray(given) ? given : [given];
  return all.some((one) => typeof one === 'string' && audience.includes(one));
}

function scopesIn({ scope, scp }: JsonObject): readonly string[] {
  const given = scope ?? scp ?? '';
  if (typeof given === 'string') return given.split(' ').filter((one) => one !== '');
  return Array.isArray(given) ? given.map(String) : [];
}

function invalid(reason: string): ReadToken {
  return { kind: 'invalid', reason };
}
