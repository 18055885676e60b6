import { UserError } from '../core/user-error.ts';
import type { Histories } from '../history/store.ts';
import type { OpenedRegion } from './open-region.ts';
import type { Regions } from './regions.ts';
import { runSchedule } from './run-schedule.ts';
import type { Stacks } from './stacks.ts';

/** The stack of one Region. */
export interface RehearsedRegion
  extends Pick<OpenedRegion, 'region' | 'app' | 'bus' | 'call' | 'schedules'> {
  /** The histories of its executions, to be read. */
  readonly histories: Histories;
  /** Lets a schedule of its template happen now, by its logical id or name. @throws {UserError} When there is none. */
  runSchedule(name: string): Promise<void>;
}

/** @throws {UserError} Where no stack is rehearsed in the Region. */
export function rehearsedIn(regions: Regions, { all }: Stacks, region: string): RehearsedRegion {
  const names = all.map((stack) => stack.region);
  if (!names.includes(region)) {
    throw new UserError(
      'usage',
      `No stack is rehearsed in ${region}: there is ${names.join(', ')}`,
    );
  }
  const found = regions.mustFind(region);
  return {
    ...found,
    histories: found.store,
    runSchedule: (name) => runSchedule({ ...found, app: found.app() }, name),
  };
}
