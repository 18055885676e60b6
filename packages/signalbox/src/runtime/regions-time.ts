import type { SkippingClock } from '../core/skipping-clock.ts';
import { continueTime, lastInstant } from './continue-time.ts';
import type { SharedServices } from './open-shared-services.ts';
import type { Regions } from './regions.ts';
import { settledInRealTime } from './settled.ts';

/** What decides on the time of all Regions; the clock is undefined in real time. */
export function timeOf(
  skippingClock: SkippingClock | undefined,
  { all }: Regions,
  { globalTables }: Pick<SharedServices, 'globalTables'>,
) {
  return {
    settled: () => skippingClock?.rested() ?? settledInRealTime(all, globalTables),
    async continueAtPresent() {
      if (skippingClock !== undefined) await continueTime(skippingClock, Date.now());
      for (const { schedules } of all()) schedules.release();
    },
  };
}

/** Goes on at the last instant of any history; returns whether there was one. */
export async function continueAtLast(
  { all }: Regions,
  clock: SkippingClock | undefined,
): Promise<boolean> {
  const stores = all().map(({ store }) => store);
  const isContinued = stores.some((store) => store.executions().length > 0);
  if (clock && isContinued) await continueTime(clock, Math.max(...stores.map(lastInstant)));
  return isContinued;
}
