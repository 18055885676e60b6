import {
  createSandboxPayments,
  type SandboxPayments,
} from '../../../../rehearsal/payments/payments.ts';
import type { Clock } from '../core/clock.ts';
import type { Mount } from '../endpoint/server.ts';
import type { App } from '../template/app.ts';

/** The sandbox payment provider and where it answers. */
export interface OpenedPayments {
  readonly sandbox: SandboxPayments;
  readonly mount: Mount;
}

/** Opens the payment provider that the `local` environment's `PaymentProviderUrl` names. */
export function openPayments({
  clock,
  app,
}: {
  readonly clock: Clock;
  readonly app: () => App;
}): OpenedPayments {
  const secret = (): string =>
    app().secrets.find(({ logicalId }) => logicalId === 'PaymentSecret')?.secretString ?? '';
  const sandbox = createSandboxPayments({ clock, secret });
  return { sandbox, mount: { prefix: '/sandbox/payments', handle: sandbox.handle } };
}
