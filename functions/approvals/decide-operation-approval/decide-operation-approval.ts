import type { Approval } from '../approval.ts';

/** The workflow's result of an approval, which it records: who, why and when. */
export function approvedOutput(approval: Approval): object {
  return { decision: 'approve', ...decidedBy(approval) };
}

/** The workflow's error on a denial, as JSON in its cause: who, why and when. */
export function deniedCause(approval: Approval): string {
  return JSON.stringify(decidedBy(approval));
}

function decidedBy({ approver = '', comment = '', decidedAt = '' }: Approval): object {
  return { approver, comment, decidedAt };
}
