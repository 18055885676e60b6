import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { InferOutput } from 'valibot';
import { documents, isConditionRefused } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { isEverything, scopeSentence } from '../audit-scope.ts';
import { readPolicy } from '../lifecycle-policy.ts';
import { changeClaim, changeOf } from './changed-bucket.ts';
import {
  auditIdOf,
  auditTaskOf,
  configuredAccounts,
  PrepareAuditSchema,
  withRoles,
} from './prepare-audit.ts';

const ownAccountId = requiredVariable('ACCOUNT_ID');
const auditsTable = requiredVariable('AUDITS_TABLE');
const roleArns = process.env['AUDIT_ROLE_ARNS'] ?? '';

/** Says what the audit is about, and by which policy. */
export const handler = taskHandler({
  input: PrepareAuditSchema,
  correlationId: ({ executionArn }) => executionArn,
  run: async (input) => {
    const { scope, accounts } = auditTaskOf(input.event);
    const configured = configuredAccounts(ownAccountId, roleArns);
    const isCovered = await isAuditedAlready(input);
    return {
      isCovered,
      auditId: auditIdOf(input),
      scope,
      isEverything: isEverything(scope) && accounts === undefined,
      scopeSentence: scopeSentence(scope),
      accounts: accounts === undefined ? configured : withRoles(accounts, configured),
      policy: await readPolicy(),
    };
  },
});

/** Whether another audit has seen the change that this one is about. */
async function isAuditedAlready({
  event,
  executionArn,
  startedAt,
  now = startedAt,
}: InferOutput<typeof PrepareAuditSchema>): Promise<boolean> {
  const change = changeOf(event);
  if (change === undefined) return false;
  try {
    await documents.send(new PutCommand(changeClaim(auditsTable, change, { executionArn, now })));
    return false;
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
    return true;
  }
}
