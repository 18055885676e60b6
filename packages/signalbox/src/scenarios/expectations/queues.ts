import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import { mapOf } from '../../core/schema/schema.ts';
import { difference } from '../difference.ts';
import { expectationKind } from '../scenario-extension.ts';

/** The number of messages that queues gain, visible or not, by the logical ids of the queues. */
export const queues = expectationKind(
  mapOf(v.number('Write a number')),
  async (expected, { stage }) => {
    const client = new SQSClient(stage.client);
    const names = Object.keys(expected);
    const read = () =>
      Promise.all(names.map((name) => countMessages(client, stage.physicalId(name))));
    const before = await read();
    return async () => {
      const after = await read();
      const grown = names.map((_, index) => (after[index] ?? 0) - (before[index] ?? 0));
      return {
        found: Object.fromEntries(names.map((name, index) => [name, grown[index] ?? 0])),
        differences: names.flatMap((name, index) =>
          difference(`messages in ${name}`, expected[name] ?? 0, grown[index] ?? 0),
        ),
      };
    };
  },
);

async function countMessages(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes: counts = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(counts).reduce((sum, count) => sum + Number(count), 0);
}
