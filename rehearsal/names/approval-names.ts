import type { StackPlace } from 'signalbox';
import { readApprovals } from '../approvals/read-approvals.ts';

/** The ids of the requests that wait for a decision, the most urgent first. */
export async function approvalNames(place: StackPlace): Promise<readonly string[]> {
  return (await readApprovals(place, 'PENDING')).map(({ approvalId }) => approvalId);
}
