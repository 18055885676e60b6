import { stepKind } from 'signalbox';
import * as v from 'valibot';
import { decideApproval } from './decide-approval.ts';

/** How a person decides who is asked in a state, over the approval channel of orders or of operations. */
export const decide = stepKind(
  v.strictObject({ state: v.string(), decision: v.picklist(['approve', 'deny']) }),
  async ({ state, decision }, { stage, executionsIn, omit }) => {
    const found = await executionsIn(state);
    if (found.length === 0) omit(`no execution came into ${state}, so that nobody decided`);
    for (const execution of found) await decideApproval(stage, execution, decision);
  },
);
