import type { Plugin } from 'signalbox';
import { createSandboxPayments } from './payments/payments.ts';
import { simulatedPayments } from './payments/simulated-payments.ts';
import { simulatedQuotas } from './quotas/simulated-quotas.ts';

/** This project's part of the rehearsal: the payment provider's sandbox, quotas, commands, pages, fields of scenarios. */
export const plugin: Plugin = {
  name: 'signalbox-platform',
  commands: {
    drill: async () => (await import('./drill/command.ts')).addDrill,
    audit: async () => (await import('./audit/command.ts')).addAudit,
    costs: async () => (await import('./costs/command.ts')).addCosts,
    seed: async () => (await import('./seed/command.ts')).addSeed,
    reports: async () => (await import('./reports/command.ts')).addReports,
    failover: async () => (await import('./failover/command.ts')).addFailover,
    failovers: async () => (await import('./failover/list-command.ts')).addFailovers,
    approvals: async () => (await import('./approvals/command.ts')).addApprovals,
    approve: async () => (await import('./approvals/command.ts')).addApprove,
    deny: async () => (await import('./approvals/command.ts')).addDeny,
  },
  scenarios: async () => (await import('./scenarios/scenario-fields.ts')).scenarioFields,
  executionIds: async () => (await import('./failover/failover-ids.ts')).failoverIds,
  outputs: async () => (await import('./output-schema.json', { with: { type: 'json' } })).default,
  names: {
    approval: async () => (await import('./names/approval-names.ts')).approvalNames,
    scenario: async () => (await import('./names/scenario-names.ts')).scenarioNames,
    buckets: async () => (await import('./names/bucket-names.ts')).bucketNames,
    bucket: async () => (await import('./names/bucket-names.ts')).bucketNames,
  },
  pages: async () => (await import('./pages/operations-pages.ts')).operationsPages,
  open({ clock, maps, region, secretTexts }) {
    const sandbox = createSandboxPayments({
      clock,
      maps,
      secrets: () => secretTexts('PaymentSecret'),
    });
    const quotas = simulatedQuotas(region);
    return {
      // The `local` environment's PaymentProviderUrl names this path.
      mounts: [{ prefix: '/sandbox/payments', handle: sandbox.handle }],
      services: [quotas.service],
      simulatedServices: [simulatedPayments(sandbox), quotas.simulated],
    };
  },
};
