import type { Bus } from '../../bus/bus.ts';
import type { Answer } from './mount.ts';

/** Where the rehearsal tells what AWS has no API for: what became of each event, and why. */
export const EVENTS_MOUNT = '/_signalbox/events';

/** `GET /` answers the last events, oldest first; `GET /<id>` one event on each bus that it came to. */
export function answerEvents({ log }: Bus): Answer {
  return ({ method, parts: [id] }) => {
    if (method !== 'GET') return undefined;
    if (id === undefined) return { events: log.events() };
    const found = log.events().filter(({ event }) => event.id === id);
    return found.length === 0 ? undefined : { events: found };
  };
}
