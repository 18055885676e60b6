import { fields, readSection, type SimulatedService } from 'signalbox';
import type { SandboxPayments } from './payments.ts';

/** Shows the provider's books: the status of each charge by its key, and the net amount by currency. */
export function simulatedPayments(sandbox: SandboxPayments): SimulatedService {
  let isFirst = true;
  return {
    name: 'payments',
    seed(section) {
      // The books begin empty, or as an earlier process has left them: the section has no fields.
      readSection('payments', section, fields({}));
      if (!isFirst) sandbox.clear();
      isFirst = false;
    },
    show() {
      const { payments, net } = sandbox.ledger();
      const statuses = payments.map(({ key, status }) => [key, status] as const);
      return { payments: Object.fromEntries(statuses), net };
    },
    faults: {},
  };
}
