import { isJsonObject, type SimulatedService, UserError } from 'signalbox';
import type { SandboxPayments } from './payments.ts';

/** Shows the provider's books: the status of each charge by its key, and the net amount by currency. */
export function simulatedPayments(sandbox: SandboxPayments): SimulatedService {
  return {
    name: 'payments',
    seed(section) {
      if (!isJsonObject(section) || Object.keys(section).length > 0) {
        throw new UserError('invalid', 'payments: the books begin empty: write {} or leave it out');
      }
      sandbox.clear();
    },
    show() {
      const { payments, net } = sandbox.ledger();
      const statuses = payments.map(({ key, status }) => [key, status] as const);
      return { payments: Object.fromEntries(statuses), net };
    },
    faults: {},
  };
}
