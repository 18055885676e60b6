import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Clients } from './clients.ts';
import type { CrashStage } from './crash-stage.ts';

/** A queue that is emptied into a list. */
export interface Mailbox {
  /** The bodies of all messages that have come so far, one for each message. */
  bodies(): Promise<readonly string[]>;
}

/** Makes the mailbox of a queue, for when nobody else takes messages from it. */
export function createMailbox(stage: CrashStage, QueueName: string): Mailbox {
  const seen = new Map<string, string>();

  async function look(clients: Clients): Promise<void> {
    const QueueUrl = await queueUrl(clients, QueueName);
    for (;;) {
      const { Messages = [] } = await clients.queues.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      for (const { MessageId = '', Body = '', ReceiptHandle } of Messages) {
        seen.set(MessageId, Body);
        await clients.queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      if (Messages.length === 0) return;
    }
  }

  return {
    async bodies() {
      await stage.insist(look);
      return [...seen.values()];
    },
  };
}

/** The URL of a queue at the process that serves now. */
export async function queueUrl({ queues }: Clients, QueueName: string): Promise<string> {
  const { QueueUrl = '' } = await queues.send(new GetQueueUrlCommand({ QueueName }));
  return QueueUrl;
}

/** The ARN of a queue of the rehearsal's. */
export function queueArn(QueueName: string): string {
  return `arn:aws:sqs:us-east-1:123456789012:${QueueName}`;
}
