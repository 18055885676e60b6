import type { Bus } from '../../bus/bus.ts';
import type { MountHandler } from './mount.ts';

/** The path of the events log, which AWS has no API for: the deliveries of each event, and their reasons. */
export const EVENTS_MOUNT = '/_signalbox/events';

/** `GET /` returns the last events, oldest first; `GET /<id>` one event on each bus that it came to. */
export function eventsHandler({ log }: Bus): MountHandler {
  return ({ method, parts: [id] }) => {
    if (method !== 'GET') return undefined;
    if (id === undefined) return { events: log.events() };
    const found = log.events().filter(({ event }) => event.id === id);
    return found.length === 0 ? undefined : { events: found };
  };
}
