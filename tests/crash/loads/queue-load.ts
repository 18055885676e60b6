import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { createMailbox, queueUrl } from '../mailbox.ts';

/** Sends messages to a queue, and takes some: what is sent and not deleted is there in the end. */
export function queueLoad({ stage, random, run }: LoadOptions): Load {
  const QueueName = `${run}-messages`;
  const sent = new Set<string>();
  /** Deleted, or perhaps deleted. */
  const deleted = new Set<string>();
  const surelyDeleted = new Set<string>();
  const mailbox = createMailbox(stage, QueueName);

  async function send(body: string): Promise<void> {
    const response = await stage.attempt(async (clients) => {
      const QueueUrl = await queueUrl(clients, QueueName);
      return clients.queues.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    });
    if (response !== undefined) sent.add(body);
  }

  async function takeOne(): Promise<void> {
    await stage.attempt(async (clients) => {
      const QueueUrl = await queueUrl(clients, QueueName);
      const { Messages: [message] = [] } = await clients.queues.send(
        new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }),
      );
      if (message?.Body === undefined) return;
      deleted.add(message.Body);
      const { ReceiptHandle } = message;
      await clients.queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      surelyDeleted.add(message.Body);
    });
  }

  return {
    name: 'queue',
    async prepare() {
      await stage.insist(({ queues }) => queues.send(new CreateQueueCommand({ QueueName })));
    },
    steps: numbers(random.integer(4, 16)).map((index) =>
      random.chance(0.7) ? () => send(`${run}-message-${index}`) : takeOne,
    ),
    async wrongs() {
      const left = await mailbox.bodies();
      return [
        ...[...sent]
          .filter((body) => !left.includes(body) && !deleted.has(body))
          .map((body) => `The message ${body} was accepted, and is gone`),
        ...[...surelyDeleted]
          .filter((body) => left.includes(body))
          .map((body) => `The message ${body} was deleted, and is there again`),
        ...left
          .filter((body, index) => left.indexOf(body) !== index)
          .map((body) => `The message ${body} is there twice`),
      ];
    },
  };
}
