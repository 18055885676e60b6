import { paginateListSchedules, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { ClientOptions } from '../../core/client-options.ts';

/** The names of all schedules. */
export async function scheduleNames(options: ClientOptions): Promise<readonly string[]> {
  const names: string[] = [];
  const client = new SchedulerClient(options);
  for await (const { Schedules = [] } of paginateListSchedules({ client }, {})) {
    names.push(...Schedules.flatMap(({ Name }) => Name ?? []));
  }
  return names;
}
