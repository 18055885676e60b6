import type { ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { object, optional, parse, string } from 'valibot';
import type { OrderStage } from './order-stage.ts';

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
export async function workOffParked({ stage, runtime }: OrderStage): Promise<void> {
  const QueueUrl = stage.physicalId('CompensationDeadLetters');
  const stateMachineArn = stage.physicalId('OrderReconciliationStateMachine');
  for (;;) {
    const { Messages = [] }: ReceiveMessageResult = await stage.call('sqs', 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
    });
    if (Messages.length === 0) break;
    for (const { Body = '', ReceiptHandle } of Messages) {
      const { kind, ...about } = parse(MessageSchema, JSON.parse(Body));
      const input = JSON.stringify(about);
      if (UNFOUND.includes(kind)) {
        await stage.call('states', 'StartExecution', { stateMachineArn, input });
      }
      await stage.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
  }
  await runtime.settled();
}
