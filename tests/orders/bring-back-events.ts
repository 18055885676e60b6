import type { DescribeArchiveResponse } from '@aws-sdk/client-eventbridge';
import { type InferOutput, object, parse, string } from 'valibot';
import type { OrderStage } from './order-stage.ts';
import { takeMessages } from './take-messages.ts';

/** A dead letter of EventBridge is the event that reached no target. */
const LetterSchema = object({ id: string(), source: string(), time: string() });
type Letter = InferOutput<typeof LetterSchema>;

/**
 * Does what the runbook asks of an operator with events that reached no workflow: replays the archive
 * from the oldest of them on. AWS's own events are in no archive: the sweep finds what they told of.
 * @returns Whether there was such an event.
 */
export async function bringBackEvents(stage: OrderStage): Promise<boolean> {
  const letters = await takeLetters(stage);
  const [oldest] = letters.filter(({ source }) => source === 'signalbox.orders');
  if (oldest === undefined) return false;
  const { call, physicalId } = stage.stage;
  const archive: DescribeArchiveResponse = await call('events', 'DescribeArchive', {
    ArchiveName: physicalId('OrdersArchive'),
  });
  await call('events', 'StartReplay', {
    ReplayName: `of-${oldest.id}`,
    EventSourceArn: archive.ArchiveArn,
    EventStartTime: new Date(oldest.time),
    EventEndTime: stage.clock.now(),
    Destination: { Arn: archive.EventSourceArn },
  });
  await stage.runtime.settled();
  return true;
}

/** Takes the letters out of their queue, oldest first. */
async function takeLetters(stage: OrderStage): Promise<readonly Letter[]> {
  const letters: Letter[] = [];
  await takeMessages(stage, 'OrderEventsDeadLetters', (body) =>
    letters.push(parse(LetterSchema, JSON.parse(body))),
  );
  return letters.sort((one, other) => one.time.localeCompare(other.time));
}
