import type { Bus } from '../../bus/bus.ts';
import type { OpenedSchedules } from '../open-schedules.ts';
import type { MountHandler } from './mount.ts';

/** The path under which the rehearsal says when schedules are due, and lets one happen now. */
export const SCHEDULES_MOUNT = '/_signalbox/schedules';

/** `GET /` returns when each is due next; `POST /<group>/<name>` and `POST /rule/<name>` let one happen. */
export function schedulesHandler(bus: Bus, schedules: OpenedSchedules): MountHandler {
  return ({ method, parts }) => {
    const [group = '', name = ''] = parts;
    if (method === 'GET' && parts.length === 0) return list(bus, schedules);
    return method === 'POST' && parts.length === 2 ? fire(bus, schedules, group, name) : undefined;
  };
}

function list(bus: Bus, { scheduler, nextOfRule }: OpenedSchedules): object {
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

async function fire(
  bus: Bus,
  { scheduler }: OpenedSchedules,
  group: string,
  name: string,
): Promise<object | undefined> {
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
