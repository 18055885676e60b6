import type { Clock } from '../../core/clock.ts';
import type { SkippingClock } from '../../core/skipping-clock.ts';
import { UserError } from '../../core/user-error.ts';
import type { MountHandler } from './mount.ts';

/** The path under which the rehearsal says its time, and lets it skip. */
export const CLOCK_MOUNT = '/_signalbox/clock';

/**
 * `GET /` returns the time, whether it skips, and the next deadline before which somebody is expected to
 * act; `POST /skip?to=<ISO 8601>` lets it skip as far, over such deadlines too.
 */
export function clockHandler(clock: Clock, skipping: SkippingClock | undefined): MountHandler {
  return ({ method, parts: [verb, ...more], query }) => {
    if (more.length > 0) return undefined;
    if (method === 'GET' && verb === undefined) {
      const awaitedMs = skipping?.nextAwaited();
      return {
        now: clock.now().toISOString(),
        skips: skipping !== undefined,
        awaited: awaitedMs === undefined ? undefined : new Date(awaitedMs).toISOString(),
      };
    }
    return method === 'POST' && verb === 'skip' ? skip(skipping, query.get('to') ?? '') : undefined;
  };
}

function skip(skipping: SkippingClock | undefined, to: string): object {
  if (skipping === undefined) {
    throw new UserError('usage', 'This rehearsal runs in real time, which cannot be moved');
  }
  const toMs = Date.parse(to);
  if (Number.isNaN(toMs)) throw new UserError('usage', `"${to}" is no time in ISO 8601`);
  if (toMs <= skipping.now().getTime()) {
    throw new UserError('usage', `It is ${skipping.now().toISOString()}: time never goes back`);
  }
  skipping.skipTo(toMs);
  return { to: new Date(toMs).toISOString() };
}
