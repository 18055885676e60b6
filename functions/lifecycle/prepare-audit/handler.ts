import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { isEverything, scopeSentence } from '../audit-scope.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import {
  auditIdOf,
  auditTaskOf,
  configuredAccounts,
  PrepareAuditSchema,
  withRoles,
} from './prepare-audit.ts';

const ownAccountId = requiredVariable('ACCOUNT_ID');
const roleArns = process.env['AUDIT_ROLE_ARNS'] ?? '';

/** Says what the audit is about, and by which policy. */
export const handler = taskHandler({
  input: PrepareAuditSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async (input) => {
    const { scope, accounts } = auditTaskOf(input.event);
    const configured = configuredAccounts(ownAccountId, roleArns);
    return {
      auditId: auditIdOf(input),
      scope,
      isEverything: isEverything(scope) && accounts === undefined,
      scopeSentence: scopeSentence(scope),
      accounts: accounts === undefined ? configured : withRoles(accounts, configured),
      policy: await readPolicy(),
    };
  },
});
