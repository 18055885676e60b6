import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { type AddCommand, UserError } from 'signalbox';
import {
  isAtLeast,
  SEVERITIES,
  type Severity,
} from '../../functions/lifecycle/assessment/finding.ts';
import {
  DEFAULT_POLICY,
  type LifecyclePolicy,
  parsePolicyText,
} from '../../functions/lifecycle/assessment/policy.ts';
import { type AuditedBucket, auditAccount } from './audit-account.ts';
import { auditJson, auditLines } from './audit-lines.ts';
import { restoreBackup } from './restore-backup.ts';

/** `audit`: holds buckets against the lifecycle policy; `audit restore`: takes a repair back. */
export const addAudit: AddCommand = (program, sessionOf) => {
  const audit = program
    .command('audit [buckets...]')
    .description(
      'hold the lifecycles of buckets against the policy; only reads. Exits 1 on findings, and when a bucket could not be looked at',
    )
    .option('--policy <file>', 'another policy than functions/lifecycle/assessment/policy.json')
    .option('--propose', 'show the lifecycle to put in place of each that is not compliant')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when there is a finding as bad as this')
        .choices(['low', 'medium', 'high', 'never'])
        .default('medium'),
    )
    .action(async (names: string[], options: AuditOptions, command) => {
      const session = sessionOf(command);
      const withProposals = options.propose === true;
      const buckets = await auditAccount(session.client, names, policyOf(options));
      session.output.result(auditJson(buckets, withProposals), () =>
        auditLines(buckets, withProposals),
      );
      session.exitCode = isFailed(buckets, options.failOn) ? 1 : 0;
    });
  audit
    .command('restore <bucket>')
    .description('put back the lifecycle that the last repair of a bucket replaced')
    .action(async (bucket: string, _, command) => {
      const session = sessionOf(command);
      const { backup, backupKey, outcome, why } = await restoreBackup(session, bucket);
      session.output.result({ bucket, outcome, why, backupKey }, () => [
        outcome === 'restored'
          ? `Restored the lifecycle of ${bucket} as of ${backup.readAt}: ${backup.base?.rules.length ?? 0} rules`
          : `Left the lifecycle of ${bucket} as it is: ${why}`,
        'Its tag lets nothing be repaired any more, until it is taken off and put on again or a person approves a repair',
      ]);
      session.exitCode = outcome === 'restored' ? 0 : 1;
    });
};

interface AuditOptions {
  readonly policy?: string;
  readonly propose?: boolean;
  readonly failOn: string;
}

function policyOf({ policy: file }: AuditOptions): LifecyclePolicy {
  if (file === undefined) return DEFAULT_POLICY;
  try {
    return parsePolicyText(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError('invalid', error instanceof Error ? error.message : String(error));
  }
}

function isFailed(buckets: readonly AuditedBucket[], failOn: string): boolean {
  const least: Severity | undefined = SEVERITIES.find((severity) => severity === failOn);
  if (least === undefined) return false;
  return buckets.some(
    ({ audited }) =>
      audited === undefined || audited.findings.some(({ severity }) => isAtLeast(severity, least)),
  );
}
