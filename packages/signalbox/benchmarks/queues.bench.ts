import { createSkippingClock } from '../src/core/skipping-clock.ts';
import { Queue } from '../src/services/sqs/queue.ts';
import { withDefaults } from '../src/services/sqs/queue-attributes.ts';
import type { BenchRow } from './bench-row.ts';

const DEPTHS = [1000, 10_000, 100_000] as const;
const MESSAGES = 2000;

/** Sends into, and receives and deletes from, queues that hold ever more messages. */
export function runQueuesBench(): Promise<readonly BenchRow[]> {
  const rows = DEPTHS.map((depth): BenchRow => {
    const queue = queueOf(depth);
    const startedAt = performance.now();
    for (let sent = 0; sent < MESSAGES; sent += 1) send(queue);
    for (let taken = 0; taken < MESSAGES; taken += 10) {
      for (const { receiptHandle = '' } of queue.receive(10, 30)) {
        const held = queue.messageOf(receiptHandle);
        if (held !== undefined) queue.delete(held);
      }
    }
    const perSecond = (MESSAGES * 1000) / (performance.now() - startedAt);
    queue.close();
    const name = `messages through a queue of ${depth.toLocaleString('en')}`;
    return { name, value: perSecond, unit: 'messages/s' };
  });
  return Promise.resolve(rows);
}

function queueOf(depth: number): Queue {
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
    },
  );
  for (let sent = 0; sent < depth; sent += 1) send(queue);
  return queue;
}

function send(queue: Queue): void {
  const attributes = { attributes: {}, senderId: '', traceHeader: undefined, groupId: undefined };
  queue.send({ body: 'x', ...attributes });
}
