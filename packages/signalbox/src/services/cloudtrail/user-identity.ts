import { createHash } from 'node:crypto';
import type { JsonObject } from '../../core/json.ts';

/**
 * Writes who called as CloudTrail does: a role as a session of it, as AWS STS hands it out.
 * AWS: "CloudTrail userIdentity element".
 */
export function userIdentityOf(arn: string, accountId: string, at: Date): JsonObject {
  const [, name] = /:role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (name !== undefined) return sessionOf(arn, name, accountId, at);
  const [, user] = /:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (user !== undefined) {
    const principalId = idOf('AIDA', arn);
    return { type: 'IAMUser', principalId, arn, accountId, userName: user };
  }
  return { type: 'Root', principalId: accountId, arn, accountId };
}

/** The name of the session, which GetCallerIdentity returns too. */
const SESSION = 'signalbox';

function sessionOf(arn: string, role: string, accountId: string, at: Date): JsonObject {
  const principalId = idOf('AROA', arn);
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${SESSION}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${SESSION}`,
    accountId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId, arn, accountId, userName: role },
      attributes: { creationDate: wholeSeconds(at), mfaAuthenticated: 'false' },
    },
  };
}

/** Writes a time as CloudTrail does, in whole seconds. */
export function wholeSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** The same principal has the same id each time. */
function idOf(kind: 'AIDA' | 'AROA', arn: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const digest = createHash('sha256').update(arn).digest();
  return `${kind}${[...digest.subarray(0, 17)].map((byte) => letters.charAt(byte % 32)).join('')}`;
}
