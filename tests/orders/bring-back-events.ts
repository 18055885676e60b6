import type { DescribeAlarmHistoryOutput } from '@aws-sdk/client-cloudwatch';
import type { DescribeArchiveResponse } from '@aws-sdk/client-eventbridge';
import { type InferOutput, object, parse, string } from 'valibot';
import type { OrderStage } from './order-stage.ts';
import { takeMessages } from './take-messages.ts';

/** A dead letter of EventBridge is the event that reached no target. */
const LetterSchema = object({ id: string(), source: string(), time: string() });
type Letter = InferOutput<typeof LetterSchema>;

/** A target is tried for an hour before its event becomes a dead letter, which is tried too; then the alarm takes its minutes. */
const TRIED_MS = 2 * 3_600_000;

/**
 * Does what the runbook asks of an operator with events that reached no workflow: replays the archive
 * from the oldest of them on, or from two hours before the alarm that even their letters were refused. AWS's
 * own events are in no archive: the sweep finds what they told of.
 * @param since When the run began.
 * @returns Whether there was such an event.
 */
export async function bringBackEvents(stage: OrderStage, since: Date): Promise<boolean> {
  const letters = await takeLetters(stage);
  const [oldest] = letters.filter(({ source }) => source === 'signalbox.orders');
  const refusedAt = await firstRefusal(stage, since);
  const lost = [
    ...(oldest === undefined ? [] : [Date.parse(oldest.time)]),
    ...(refusedAt === undefined ? [] : [refusedAt.getTime() - TRIED_MS]),
  ];
  if (lost.length === 0) return false;
  const { call, physicalId } = stage.stage;
  const archive: DescribeArchiveResponse = await call('events', 'DescribeArchive', {
    ArchiveName: physicalId('OrdersArchive'),
  });
  await call('events', 'StartReplay', {
    ReplayName: `of-${since.getTime()}`,
    EventSourceArn: archive.ArchiveArn,
    EventStartTime: new Date(Math.min(...lost)),
    EventEndTime: stage.clock.now(),
    Destination: { Arn: archive.EventSourceArn },
  });
  await stage.runtime.settled();
  return true;
}

/** When the alarm of refused letters rang first; undefined where it did not. */
async function firstRefusal({ stage }: OrderStage, since: Date): Promise<Date | undefined> {
  const { AlarmHistoryItems = [] }: DescribeAlarmHistoryOutput = await stage.call(
    'monitoring',
    'DescribeAlarmHistory',
    { AlarmName: stage.physicalId('DeadLettersRefusedAlarm'), HistoryItemType: 'StateUpdate' },
  );
  const rang = AlarmHistoryItems.filter(({ HistorySummary = '' }) =>
    / to ALARM$/.test(HistorySummary),
  );
  const times = rang.flatMap(({ Timestamp }) => (Timestamp === undefined ? [] : [Timestamp]));
  return times
    .filter((time) => time >= since)
    .sort((one, other) => one.getTime() - other.getTime())[0];
}

/** Takes the letters out of their queue, oldest first. */
async function takeLetters(stage: OrderStage): Promise<readonly Letter[]> {
  const letters: Letter[] = [];
  await takeMessages(stage, 'OrderEventsDeadLetters', (body) =>
    letters.push(parse(LetterSchema, JSON.parse(body))),
  );
  return letters.sort((one, other) => one.time.localeCompare(other.time));
}
