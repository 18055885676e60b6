import { requiredNumber, requiredVariable } from '../shared/environment.ts';
import { createPaymentClient } from './payment-client.ts';
import { secretsManagerSecret } from './payment-secret.ts';

/** The payment provider as the template configures it. */
export const payments = createPaymentClient({
  baseUrl: requiredVariable('PAYMENT_URL').replace(/\/+$/, ''),
  timeoutMs: requiredNumber('PAYMENT_TIMEOUT_MS'),
  secret: secretsManagerSecret(requiredVariable('PAYMENT_SECRET_ARN')),
});
