import type { StartReplayCommandInput } from '@aws-sdk/client-eventbridge';
import type { SqlParameter } from '@aws-sdk/client-rds-data';
import { text } from '../sql-parameter.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** AWS: an event may come into its archive some minutes after it was published. */
const ARCHIVE_DELAY_MS = 15 * 60 * 1000;

/** The time that the archive covers for sure. */
export interface Window {
  readonly begin: Date;
  readonly end: Date;
}

/** What is older than the archive, or too young to be in it, stays as it is. */
export function rebuiltWindow(now: Date, retentionDays: number): Window {
  return {
    begin: new Date(now.getTime() - (retentionDays - 1) * DAY_MS),
    end: new Date(now.getTime() - ARCHIVE_DELAY_MS),
  };
}

/** Forgets what the archive will tell again, orders and events by the same time; the names of users stay until they are told. */
export const FORGET = [
  'DELETE FROM orders WHERE told_at >= :begin::timestamptz AND told_at < :end::timestamptz',
  'DELETE FROM projected_events WHERE happened_at >= :begin::timestamptz AND happened_at < :end::timestamptz',
];

export function windowParameters({ begin, end }: Window): readonly SqlParameter[] {
  return [text('begin', begin.toISOString()), text('end', end.toISOString())];
}

/** The replay goes to the projection's rule alone: no order is processed again. */
export function replayOf(
  { begin }: Window,
  now: Date,
  names: { readonly archiveArn: string; readonly busArn: string; readonly ruleArn: string },
): StartReplayCommandInput {
  return {
    ReplayName: `reports-${now.toISOString().replace(/[^0-9TZ]/g, '')}`,
    EventSourceArn: names.archiveArn,
    EventStartTime: begin,
    EventEndTime: now,
    Destination: { Arn: names.busArn, FilterArns: [names.ruleArn] },
  };
}
