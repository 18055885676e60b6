import { type HistoryEvent, paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { type ExecutionResult, parseJson, type Stage, UserError, valueAt } from 'signalbox';
import { decideAt } from '../approvals/post-decision.ts';
import { orderIdIn } from './order-ids.ts';

/**
 * Decides a request for approval over the API of orders or of operations, as a person does.
 * @throws {UserError} When the execution waits for no approval, or the API refuses the decision.
 */
export async function decideApproval(
  stage: Stage,
  execution: ExecutionResult,
  decision: 'approve' | 'deny',
  comment = `A scenario says ${decision}`,
): Promise<void> {
  await decideAt(stage, await approvalUrl(stage, execution), { decision, comment });
}

async function approvalUrl(
  stage: Stage,
  { executionArn, input, name }: ExecutionResult,
): Promise<string> {
  const approvalId = approvalIdIn(await historyOf(stage, executionArn));
  if (approvalId !== undefined) {
    return `${stage.apiUrl('OperationsApi')}/approvals/${encodeURIComponent(approvalId)}`;
  }
  const orderId = orderIdIn(input);
  if (orderId !== undefined) {
    return `${stage.apiUrl('OrdersApi')}/orders/${encodeURIComponent(orderId)}/approval`;
  }
  throw new UserError('invalid', `The execution ${name} waits for no approval`);
}

async function historyOf({ client: options }: Stage, executionArn: string) {
  const client = new SFNClient(options);
  const history: HistoryEvent[] = [];
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) {
    history.push(...events);
  }
  return history;
}

/** The approval that the last task asked for which asked for one. */
function approvalIdIn(events: readonly HistoryEvent[]): string | undefined {
  const asked = events.map(({ taskScheduledEventDetails: details }) => {
    const approvalId = valueAt(parseJson(details?.parameters ?? '') ?? null, 'Payload.approvalId');
    return typeof approvalId === 'string' ? approvalId : undefined;
  });
  return asked.findLast((approvalId) => approvalId !== undefined);
}
