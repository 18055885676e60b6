import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type InferOutput, number, object, string } from 'valibot';
import type { ComplianceChange } from '../non-compliant-table.ts';
import type { Announcement } from '../report/announcement.ts';
import { bucketKey } from '../report/bucket-record.ts';

/** The input from the workflow: `from` counts announcements that were made already. */
export const AnnounceFindingsSchema = object({ auditId: string(), from: number() });

/** The input from the workflow. */
export type AnnounceFindings = InferOutput<typeof AnnounceFindingsSchema>;

/** AWS: PutEvents takes ten entries. */
export const BATCH_SIZE = 10;
const MAX_FINDINGS = 20;

/** The services that announcing calls. */
export interface AnnouncePorts {
  putEvents(entries: readonly PutEventsRequestEntry[]): Promise<void>;
  /** Remembers which buckets are not compliant, and which are so again. */
  keep(changes: readonly ComplianceChange[]): Promise<void>;
  /** Lets the tag of a bucket count again that was restored, by Unix milliseconds. */
  release(key: string, restoredAtMs: number): Promise<void>;
  hasTime(): boolean;
}

/**
 * Announces ten buckets at a time while there is time, and remembers them only then: what was not said
 * is said again rather than never. Returns how many were announced in all.
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
    await rememberAnnounced(some, ports);
    next += some.length;
  }
  return next;
}

async function rememberAnnounced(
  some: readonly Announcement[],
  ports: AnnouncePorts,
): Promise<void> {
  await ports.keep(some.flatMap((one) => changeOf(one) ?? []));
  for (const one of some) {
    if (one.kind === 'released') await ports.release(bucketKey(one), one.restoredAtMs);
  }
}

function changeOf(announcement: Announcement): ComplianceChange | undefined {
  const key = bucketKey(announcement);
  if (announcement.kind === 'newly') return { key, since: announcement.since };
  return announcement.kind === 'resolved' ? { key, since: undefined } : undefined;
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
