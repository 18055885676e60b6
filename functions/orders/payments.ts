import { requiredNumber, requiredVariable } from '../shared/environment.ts';
import { createPaymentClient, type PaymentClient } from './payment-client.ts';
import { secretsManagerSecret } from './payment-secret.ts';
import type { ProviderOptions } from './provider-call.ts';
import { createStripeClient } from './stripe-client.ts';

/** The providers by the template's names for them: each is one file. */
const PROVIDERS: Readonly<Record<string, (options: ProviderOptions) => PaymentClient>> = {
  contract: createPaymentClient,
  stripe: createStripeClient,
};

/** The payment provider as the template configures it. */
export const payments = open(requiredVariable('PAYMENT_PROVIDER'));

function open(name: string): PaymentClient {
  const create = PROVIDERS[name];
  if (create === undefined) {
    const names = Object.keys(PROVIDERS).join(', ');
    throw new RangeError(`There is no payment provider "${name}": write one of ${names}`);
  }
  return create({
    baseUrl: requiredVariable('PAYMENT_URL').replace(/\/+$/, ''),
    timeoutMs: requiredNumber('PAYMENT_TIMEOUT_MS'),
    secret: secretsManagerSecret(requiredVariable('PAYMENT_SECRET_ARN')),
  });
}
