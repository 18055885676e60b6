import { principalOf, sessionOf } from '../core/names/principal.ts';
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

/** AWS: the account's root is known by the account's id. */
function identityOf({ arn }: Caller, accountId: string): object {
  const principal = principalOf(arn);
  if (principal.kind === 'role') {
    const session = sessionOf(principal, accountId);
    return { UserId: session.id, Account: accountId, Arn: session.arn };
  }
  return { UserId: principal.id || accountId, Account: accountId, Arn: arn };
}
