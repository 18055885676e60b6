import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type InferOutput, number, object, string } from 'valibot';
import type { Announcement } from '../report/announcement.ts';
import { bucketKey } from '../report/bucket-record.ts';

/** What the workflow asks for: `from` counts announcements that were made already. */
export const AnnounceFindingsSchema = object({ auditId: string(), from: number() });

/** What the workflow asks for. */
export type AnnounceFindings = InferOutput<typeof AnnounceFindingsSchema>;

/** AWS: PutEvents takes ten entries. */
export const BATCH_SIZE = 10;
const MAX_FINDINGS = 20;

/** What announcing reaches. */
export interface AnnouncePorts {
  putEvents(entries: readonly PutEventsRequestEntry[]): Promise<void>;
  remember(key: string, since: string): Promise<void>;
  forget(key: string): Promise<void>;
  /** Lets the tag of a bucket count again that was restored, by Unix milliseconds. */
  release(key: string, restoredAtMs: number): Promise<void>;
  hasTime(): boolean;
}

/**
 * Announces ten buckets at a time while there is time, and remembers them only then: what was not said
 * is said again rather than never. Answers how many were announced in all.
 */
export async function announce(
  announcements: readonly Announcement[],
  { auditId, from }: AnnounceFindings,
  eventBusName: string,
  ports: AnnouncePorts,
): Promise<number> {
  let next = from;
  while (next < announcements.length && (next === from || ports.hasTime())) {
    const some = announcements.slice(next, next + BATCH_SIZE);
    const entries = some.flatMap((one) => entryOf(one, auditId, eventBusName) ?? []);
    if (entries.length > 0) await ports.putEvents(entries);
    await Promise.all(some.map((one) => settle(one, ports)));
    next += some.length;
  }
  return next;
}

async function settle(announcement: Announcement, ports: AnnouncePorts): Promise<void> {
  if (announcement.kind === 'newly') {
    await ports.remember(bucketKey(announcement), announcement.since);
  }
  if (announcement.kind === 'resolved') await ports.forget(bucketKey(announcement));
  if (announcement.kind === 'released') {
    await ports.release(bucketKey(announcement), announcement.restoredAtMs);
  }
}

/** The event of an announcement: one that only changes what is remembered has none. */
export function entryOf(
  announcement: Announcement,
  auditId: string,
  eventBusName: string,
): PutEventsRequestEntry | undefined {
  const { kind, accountId, bucket, region } = announcement;
  const place = { accountId, bucket, region };
  const entry = (DetailType: string, detail: object): PutEventsRequestEntry => ({
    EventBusName: eventBusName,
    Source: 'signalbox.audit',
    DetailType,
    Detail: JSON.stringify({ version: 1, ...place, ...detail }),
  });
  switch (kind) {
    case 'newly': {
      const { findings, monthlyMicroDollars, proposalKey } = announcement;
      return entry('BucketBecameNonCompliant', {
        auditId,
        findings: findings.slice(0, MAX_FINDINGS),
        estimatedMonthlySavingsMicroDollars: monthlyMicroDollars,
        proposalKey,
      });
    }
    case 'repair':
      return entry('RepairRequested', {
        requestedBy: `audit ${auditId}`,
        reason: 'The bucket is tagged for it',
      });
    case 'resolved':
    case 'released':
      return undefined;
  }
}
