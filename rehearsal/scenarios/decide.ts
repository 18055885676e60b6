import { fields, oneOf, stepKind, Text } from 'signalbox';
import { decideApproval } from './decide-approval.ts';

/** A person's decision by the state that asks for it, over the approval channel of orders or of operations. */
export const decide = stepKind(
  fields({ state: Text, decision: oneOf(['approve', 'deny']) }),
  async ({ state, decision }, { stage, executionsIn, omit }) => {
    const found = await executionsIn(state);
    if (found.length === 0) omit(`no execution came into ${state}, so that nobody decided`);
    for (const execution of found) await decideApproval(stage, execution, decision);
  },
);
