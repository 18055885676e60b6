import { object, optional, parse, string } from 'valibot';
import type { OrderStage } from './order-stage.ts';
import { takeMessages } from './take-messages.ts';

const MessageSchema = object({
  kind: string(),
  executionArn: string(),
  orderId: optional(string()),
});

/** What the sweep can't find by an order's row; a compensation that failed is tried again by the sweep. */
const UNFOUND = ['UnrecordedFailure', 'UnreconciledExecution'];

/**
 * Does what the runbook asks of an operator with each message in CompensationDeadLetters: starts the
 * reconciliation of its execution. An order whose table took no write at all is only there.
 */
export async function workOffParked(stage: OrderStage): Promise<void> {
  const { call, physicalId } = stage.stage;
  const stateMachineArn = physicalId('OrderReconciliationStateMachine');
  await takeMessages(stage, 'CompensationDeadLetters', async (body) => {
    const { kind, ...about } = parse(MessageSchema, JSON.parse(body));
    const input = JSON.stringify(about);
    if (UNFOUND.includes(kind)) await call('states', 'StartExecution', { stateMachineArn, input });
  });
  await stage.runtime.settled();
}
