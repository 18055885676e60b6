import { SFNClient } from '@aws-sdk/client-sfn';
import { UserError } from '../../core/user-error.ts';
import { foldSteps } from '../../history/steps/fold-steps.ts';
import { readHistory } from '../commands/history.ts';
import { findExecution } from '../find-execution.ts';
import type { Session } from '../session.ts';

/** The states that the execution of a command line was in; none where the line names no execution yet. */
export async function stateNames(
  session: Session,
  [, ...words]: readonly string[],
): Promise<readonly string[]> {
  for (const word of words) {
    const executionArn = await foundExecution(session, word);
    if (executionArn === undefined) continue;
    const { steps } = foldSteps(
      await readHistory(new SFNClient(session.client), executionArn, false),
    );
    return [...new Set(steps.map(({ name }) => name))];
  }
  return [];
}

/** A word may also be the value of an option: undefined for one that is no execution. */
async function foundExecution(session: Session, word: string): Promise<string | undefined> {
  try {
    return await findExecution(session, word);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
