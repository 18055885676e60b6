import { createSkippingClock } from '../src/core/skipping-clock.ts';
import { Queue } from '../src/services/sqs/queue.ts';
import { withDefaults } from '../src/services/sqs/queue-attributes.ts';

/** Makes a queue that holds so many messages. */
export function openFullQueue(depth: number): Queue {
  const queue = new Queue(
    {
      name: 'bench',
      arn: 'arn:aws:sqs:us-east-1:123456789012:bench',
      url: '',
      clock: createSkippingClock(),
      queueByArn: () => undefined,
      onChange: (changed) => changed.countOf('visible'),
      kept: { set: () => undefined, delete: () => undefined },
    },
    {
      attributes: withDefaults({}),
      createdAtMs: 0,
      lastModifiedAtMs: 0,
      purgedAtMs: Number.NEGATIVE_INFINITY,
      tags: {},
    },
  );
  for (let sent = 0; sent < depth; sent += 1) send(queue);
  return queue;
}

/** Sends a message, receives one and deletes it. */
export function throughQueue(queue: Queue): void {
  send(queue);
  for (const { receiptHandle = '' } of queue.receive(1, 30)) {
    const held = queue.messageOf(receiptHandle);
    if (held !== undefined) queue.delete(held);
  }
}

function send(queue: Queue): void {
  const attributes = { attributes: {}, senderId: '', traceHeader: undefined, groupId: undefined };
  queue.send({ body: 'x', ...attributes });
}
