import type { ReceiveMessageResult } from '@aws-sdk/client-sqs';
import type { OrderStage } from './order-stage.ts';

/** Takes the messages out of a queue of the template, one by one: each is deleted once it is worked on. */
export async function takeMessages(
  { stage }: OrderStage,
  queueName: string,
  work: (body: string) => unknown,
): Promise<void> {
  const QueueUrl = stage.physicalId(queueName);
  for (;;) {
    const { Messages = [] }: ReceiveMessageResult = await stage.call('sqs', 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
    });
    if (Messages.length === 0) return;
    for (const { Body = '', ReceiptHandle } of Messages) {
      await work(Body);
      await stage.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
  }
}
