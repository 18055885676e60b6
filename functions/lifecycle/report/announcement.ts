import { array, type InferOutput, literal, number, object, string, variant } from 'valibot';

const place = { accountId: string(), bucket: string(), region: string() };

/** The announcement of a bucket after an audit: one line of its announcements. */
export const AnnouncementSchema = variant('kind', [
  object({
    kind: literal('newly'),
    ...place,
    since: string(),
    findings: array(object({ code: string(), severity: string(), sentence: string() })),
    monthlyMicroDollars: number(),
    /** Empty where nothing can be proposed. */
    proposalKey: string(),
  }),
  object({ kind: literal('resolved'), ...place }),
  object({ kind: literal('repair'), ...place }),
  /** Its tag counts again: it was seen without it since it was restored, in Unix milliseconds. */
  object({ kind: literal('released'), ...place, restoredAtMs: number() }),
]);

/** The announcement of a bucket after an audit. */
export type Announcement = InferOutput<typeof AnnouncementSchema>;
