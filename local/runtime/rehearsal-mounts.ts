import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bus } from '../bus/bus.ts';
import type { Mount } from '../endpoint/server.ts';
import { sendResponse } from '../endpoint/wire/send-response.ts';
import type { OpenedSchedules } from './open-schedules.ts';

/** Where the rehearsal tells what AWS has no API for: what became of each event, and why. */
export const EVENTS_MOUNT = '/_signalbox/events';
/** Where it tells when schedules are due, and lets one happen now. */
export const SCHEDULES_MOUNT = '/_signalbox/schedules';

/** A path below a mount, in parts. */
type Handle = (
  method: string,
  parts: readonly string[],
) => object | undefined | Promise<object | undefined>;

/** Makes the mounts of a rehearsal for what AWS has no API for; they answer JSON. */
export function rehearsalMounts(
  bus: Bus,
  schedules: OpenedSchedules,
  onBug: (bug: unknown) => void,
): readonly Mount[] {
  return [
    mount(EVENTS_MOUNT, (method, parts) => events(bus, method, parts), onBug),
    mount(SCHEDULES_MOUNT, (method, parts) => schedule(bus, schedules, method, parts), onBug),
  ];
}

/** `GET /` answers the last events, oldest first; `GET /<id>` one event on each bus that it came to. */
function events({ log }: Bus, method: string, [id]: readonly string[]): object | undefined {
  if (method !== 'GET') return undefined;
  if (id === undefined) return { events: log.events() };
  const found = log.events().filter(({ event }) => event.id === id);
  return found.length === 0 ? undefined : { events: found };
}

/** `GET /` answers when each is due next; `POST /<group>/<name>` and `POST /rule/<name>` let one happen. */
async function schedule(
  bus: Bus,
  { scheduler, nextOfRule }: OpenedSchedules,
  method: string,
  parts: readonly string[],
): Promise<object | undefined> {
  const [group = '', name = ''] = parts;
  if (method === 'GET' && parts.length === 0) {
    const due = scheduler.table.all().map((one) => ({
      arn: one.definition.arn,
      next: timeText(scheduler.next(one)),
    }));
    const ofRules = bus.rules
      .rulesOf('default')
      .rules.flatMap(({ rule }) =>
        rule.scheduleExpression === undefined
          ? []
          : [{ arn: rule.arn, next: timeText(nextOfRule(rule.name)) }],
      );
    return { now: scheduler.now().toISOString(), schedules: [...due, ...ofRules] };
  }
  if (method !== 'POST' || parts.length !== 2) return undefined;
  const found = scheduler.table.find(group, name);
  if (found !== undefined) {
    const result = await scheduler.fire(found);
    const error = 'error' in result ? `${result.error.name}: ${result.error.message}` : undefined;
    return { arn: found.definition.arn, result: result.kind, error };
  }
  const eventId = group === 'rule' ? bus.fireRule(name) : undefined;
  return eventId === undefined ? undefined : { result: 'fired', eventId };
}

function timeText(timeMs: number | undefined): string | undefined {
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString();
}

function mount(prefix: string, handle: Handle, onBug: (bug: unknown) => void): Mount {
  return {
    prefix,
    handle(request, response) {
      answer(request, response, prefix, handle).catch((bug: unknown) => {
        onBug(bug);
        response.destroy();
      });
    },
  };
}

async function answer(
  { method = 'GET', url = '/' }: IncomingMessage,
  response: ServerResponse,
  prefix: string,
  handle: Handle,
): Promise<void> {
  const { pathname } = new URL(`http://127.0.0.1${url}`);
  const rest = pathname.slice(prefix.length).split('/').slice(1);
  const parts = rest.filter((part) => part !== '').map(decodeURIComponent);
  const body = await handle(method, parts);
  const text = JSON.stringify(body ?? { message: `Nothing is at ${method} ${pathname}` });
  sendResponse(
    response,
    body === undefined ? 404 : 200,
    { 'content-type': 'application/json' },
    text,
  );
}
