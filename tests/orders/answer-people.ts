import { postDecision } from '../../rehearsal/approvals/post-decision.ts';
import type { PersonsAnswer, PlannedOrder } from './order-plan.ts';
import type { OrderStage } from './order-stage.ts';
import { itemOf } from './tables.ts';

/** Answers whatever waits for a person, each once; returns whether anything was answered. */
export async function answerPeople(
  stage: OrderStage,
  orders: readonly PlannedOrder[],
  answered: Set<string>,
): Promise<boolean> {
  let any = false;
  for (const order of orders) {
    const { orderId } = order;
    const approval = await itemOf(stage, 'ApprovalsTable', { orderId });
    if (approval?.['state'] === 'PENDING' && isNew(answered, `approval of ${orderId}`)) {
      await repeated(order.approval, (verdict) => decide(stage, orderId, verdict));
      any ||= order.approval !== 'nobody';
    }
    const shipment = await itemOf(stage, 'ShipmentsTable', { orderId });
    if (shipment?.['status'] === 'AWAITING_CARRIER' && isNew(answered, `carrier of ${orderId}`)) {
      await repeated(order.carrier, (verdict) => decideFreight(stage, orderId, verdict));
      any ||= order.carrier !== 'nobody';
    }
  }
  return any;
}

function isNew(answered: Set<string>, question: string): boolean {
  if (answered.has(question)) return false;
  answered.add(question);
  return true;
}

async function repeated(
  answer: PersonsAnswer,
  say: (verdict: 'yes' | 'no') => Promise<void>,
): Promise<void> {
  if (answer === 'nobody') return;
  await say(answer === 'no' ? 'no' : 'yes');
  if (answer === 'twice') await say('no');
}

async function decide(
  { stage }: OrderStage,
  orderId: string,
  verdict: 'yes' | 'no',
): Promise<void> {
  const url = `${stage.apiUrl('OrdersApi')}/orders/${encodeURIComponent(orderId)}/approval`;
  const decision = verdict === 'yes' ? 'approve' : 'deny';
  const response = await postDecision(stage, url, {
    decision,
    approver: 'ada',
    comment: 'The test says so',
  });
  // 500: a call of the function went wrong on purpose, and a person would try again later.
  if (response.ok || response.status === 409 || response.status >= 500) return;
  throw new RangeError(`The approval got ${response.status}: ${await response.text()}`);
}

/** The carrier's word; 409 tells that another was first, or that nobody waits. */
async function decideFreight(
  { stage }: OrderStage,
  orderId: string,
  verdict: 'yes' | 'no',
): Promise<void> {
  const url = `${stage.apiUrl('OrdersApi')}/orders/${encodeURIComponent(orderId)}/shipment`;
  const decision =
    verdict === 'yes'
      ? { decision: 'accept', trackingId: 'SBCARRIER' }
      : { decision: 'refuse', reason: 'Too heavy' };
  const response = await postDecision(stage, url, decision);
  if (response.ok || response.status === 409 || response.status >= 500) return;
  throw new RangeError(`The carrier got ${response.status}: ${await response.text()}`);
}
