import type { Caller, Service } from '../core/service.ts';
import { STS_CLIENT } from './wire/sts-schemas.ts';

/** Serves AWS STS's GetCallerIdentity, which returns the identity that the rehearsal takes a caller for. */
export function createSts({ accountId }: { readonly accountId: string }): Service {
  return {
    name: 'sts',
    client: STS_CLIENT,
    actions: { GetCallerIdentity: (_input, caller) => identityOf(caller, accountId) },
  };
}

function identityOf({ arn }: Caller, accountId: string): object {
  const role = /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (role === undefined) {
    const user = /:user\/(.+)$/.exec(arn)?.[1];
    const UserId = user === undefined ? accountId : `AIDA${user.toUpperCase()}`;
    return { UserId, Account: accountId, Arn: arn };
  }
  // AWS: whoever uses a role's credentials is a session of it, not the role.
  return {
    UserId: `AROA${role.toUpperCase()}:signalbox`,
    Account: accountId,
    Arn: `arn:aws:sts::${accountId}:assumed-role/${role}/signalbox`,
  };
}
