import type { JsonObject } from '../../core/json.ts';
import { principalOf, sessionOf } from '../../core/names/principal.ts';

/**
 * Writes who called as CloudTrail does: a role as a session of it, as AWS STS hands it out.
 * AWS: "CloudTrail userIdentity element".
 */
export function userIdentityOf(arn: string, accountId: string, at: Date): JsonObject {
  const principal = principalOf(arn);
  const { kind, id, name } = principal;
  if (kind === 'root') return { type: 'Root', principalId: accountId, arn, accountId };
  if (kind === 'user') return { type: 'IAMUser', principalId: id, arn, accountId, userName: name };
  const session = sessionOf(principal, accountId);
  return {
    type: 'AssumedRole',
    principalId: session.id,
    arn: session.arn,
    accountId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: id, arn, accountId, userName: name },
      attributes: { creationDate: wholeSeconds(at), mfaAuthenticated: 'false' },
    },
  };
}

/** Writes a time as CloudTrail does, in whole seconds. */
export function wholeSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
