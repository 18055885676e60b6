import type { Approval } from '../approval.ts';

/** What a workflow hears of an approval, and records: who, why and when. */
export function approvedOutput(approval: Approval): object {
  return { decision: 'approve', ...decidedBy(approval) };
}

/** What a workflow hears of a denial, as JSON in the error's cause: who, why and when. */
export function deniedCause(approval: Approval): string {
  return JSON.stringify(decidedBy(approval));
}

function decidedBy({ approver = '', comment = '', decidedAt = '' }: Approval): object {
  return { approver, comment, decidedAt };
}
