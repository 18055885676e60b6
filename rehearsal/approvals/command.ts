import { userInfo } from 'node:os';
import { type Command, Option } from 'commander';
import { type AddCommand, type Session, tableOf } from 'signalbox';
import { APPROVAL_STATES, type ListedApproval, readApprovals } from './read-approvals.ts';
import { sendDecision } from './send-decision.ts';

type SessionOf = Parameters<AddCommand>[1];

/** `approvals`: what waits for a person's decision, and the decisions. */
export const addApprovals: AddCommand = (program, sessionOf) => {
  const approvals = program
    .command('approvals')
    .description('list what waits for a decision (orders, failovers, repairs), and decide');
  approvals
    .command('ls')
    .description('list the requests for approval, the most urgent first')
    .addOption(
      new Option('--state <state>', 'the state of the requests')
        .choices(APPROVAL_STATES)
        .default('PENDING'),
    )
    .action(async ({ state }: { readonly state: string }, command) => {
      const session = sessionOf(command);
      const found = await readApprovals(session, state);
      if (found.length === 0) session.output.say('Nothing waits for a decision');
      session.output.result({ approvals: found }, () => approvalLines(found));
    });
  addDecision(approvals, sessionOf, 'approve');
  addDecision(approvals, sessionOf, 'deny');
};

/** `approve ID`: the short form. */
export const addApprove: AddCommand = (program, sessionOf) => {
  addDecision(program, sessionOf, 'approve');
};

/** `deny ID`: the short form. */
export const addDeny: AddCommand = (program, sessionOf) => {
  addDecision(program, sessionOf, 'deny');
};

function addDecision(parent: Command, sessionOf: SessionOf, decision: 'approve' | 'deny'): void {
  parent
    .command(`${decision} <approval>`)
    .description(
      `${decision} what waits for approval: a failover, a repair, or an order. Exits 1 when the answer came too late`,
    )
    .option('--comment <text>', 'why; it is recorded with the decision', '')
    .action(async (id: string, { comment }: { readonly comment: string }, command) => {
      await decide(sessionOf(command), id, decision, comment);
    });
}

async function decide(
  session: Session,
  approvalId: string,
  decision: 'approve' | 'deny',
  comment: string,
): Promise<void> {
  // Counts only where the API has no authorizer to name the caller.
  const approver = userInfo().username;
  const { isTaken, detail } = await sendDecision(session, approvalId, {
    decision,
    comment,
    approver,
  });
  session.output.result({ approvalId, decision, isTaken, detail }, () => [
    isTaken
      ? `${decision === 'approve' ? 'Approved' : 'Denied'} ${approvalId}: ${detail}`
      : `Too late for ${approvalId}: ${detail}`,
  ]);
  session.exitCode = isTaken ? 0 : 1;
}

function approvalLines(approvals: readonly ListedApproval[]): readonly string[] {
  return tableOf(
    ['ID', 'STATE', 'ANSWER BY', 'WHAT'],
    approvals.map(({ approvalId, state, answerBy, subject, approver }) => [
      approvalId,
      state,
      answerBy,
      approver === undefined ? subject : `${subject} (${approver})`,
    ]),
  );
}
