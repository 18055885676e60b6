import { safeParse } from 'valibot';
import { TrailEntrySchema } from '../../functions/failover/trail.ts';
import type { SeenFailover } from './oracle/observation.ts';

/** Reads a failover from the items of its trail and its reports, which `readText` reads by their keys. */
export async function seenFailover(
  failoverId: string,
  items: readonly unknown[],
  readText: (key: string) => Promise<string | undefined>,
): Promise<SeenFailover> {
  const entries = items.flatMap((item) => {
    const parsed = safeParse(TrailEntrySchema, item);
    return parsed.success ? [parsed.output] : [];
  });
  const report = await readText(`failovers/${failoverId}/report.json`);
  const markdown = await readText(`failovers/${failoverId}/report.md`);
  return {
    failoverId,
    entries: entries.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    report: report === undefined ? undefined : JSON.parse(report),
    hasMarkdown: markdown?.startsWith('# ') ?? false,
  };
}
