import { array, type InferOutput, looseObject, object, optional, safeParse, string } from 'valibot';
import { sha256 } from '../shared/canonical-json.ts';
import { inputProblems, problemsText } from '../shared/problems.ts';
import { InvalidFailoverRequestError } from './errors.ts';
import type { Plan } from './plan.ts';
import { type FailoverRequest, FailoverRequestedSchema, type Origin } from './request.ts';

/** An event as EventBridge hands it on, or what the schedule of game days sends in its form. */
export const EventSchema = object({
  id: string(),
  source: string(),
  'detail-type': string(),
  time: string(),
  region: optional(string()),
  detail: looseObject({}),
});

type Event = InferOutput<typeof EventSchema>;
type Trigger = Plan['triggers'][number];

const AlarmSchema = object({
  alarmName: string(),
  state: object({ value: string(), reason: optional(string()), timestamp: string() }),
});

const RdsSchema = object({
  SourceIdentifier: string(),
  SourceType: string(),
  EventID: string(),
  Message: optional(string()),
});

type RdsDetail = InferOutput<typeof RdsSchema>;

const HealthSchema = object({
  eventArn: string(),
  service: string(),
  eventTypeCode: string(),
  eventRegion: optional(string()),
  statusCode: optional(string()),
  startTime: optional(string()),
  /** `ACCOUNT_SPECIFIC` where it is about resources of this account; `PUBLIC` about the Region at large. */
  eventScopeCode: optional(string()),
  affectedEntities: optional(array(object({ entityValue: string() })), []),
  /** An event with many entities comes in several pages. */
  page: optional(string(), '1'),
});
type HealthDetail = InferOutput<typeof HealthSchema>;

/** The request of an event, or why it holds none. */
export type ReadRequest =
  | { readonly kind: 'request'; readonly request: FailoverRequest }
  | { readonly kind: 'nothing'; readonly failoverId: string; readonly why: string };

/**
 * Reads what an event asks for. The failover's id is the request's own, or is made of what says that
 * two events are the same: so it is the same however often an event comes.
 * @throws {InvalidFailoverRequestError} When the event is none that starts a failover, or is malformed.
 */
export function readRequest(event: Event, plan: Plan, region: string): ReadRequest {
  switch (event.source) {
    case 'signalbox.dr':
      return { kind: 'request', request: requested(event, 'operator') };
    case 'signalbox.schedule':
      return { kind: 'request', request: requested(event, 'schedule') };
    case 'aws.cloudwatch':
      return fromAlarm(event, plan);
    case 'aws.rds':
      return fromRds(event, plan);
    case 'aws.health':
      return fromHealth(event, plan, region);
    default:
      throw new InvalidFailoverRequestError(`No failover starts by an event of ${event.source}`);
  }
}

/** The failover's id that an event leads to, as far as the event can be read. */
export function failoverIdOf(event: Event): string {
  const { source, detail } = event;
  switch (source) {
    case 'aws.cloudwatch': {
      const parsed = safeParse(AlarmSchema, detail);
      return parsed.success
        ? derivedId('alarm', `${parsed.output.alarmName} ${parsed.output.state.timestamp}`)
        : derivedId('alarm', event.id);
    }
    case 'aws.health': {
      const parsed = safeParse(HealthSchema, detail);
      return derivedId('health', parsed.success ? parsed.output.eventArn : event.id);
    }
    case 'aws.rds':
      return derivedId('rds', event.id);
    default: {
      const parsed = safeParse(FailoverRequestedSchema, detail);
      const origin = source === 'signalbox.schedule' ? 'schedule' : 'operator';
      return (parsed.success ? parsed.output.requestId : undefined) ?? derivedId(origin, event.id);
    }
  }
}

function derivedId(origin: Origin, key: string): string {
  return `${origin}-${sha256(key).slice(0, 16)}`;
}

function requested(event: Event, origin: 'operator' | 'schedule'): FailoverRequest {
  const parsed = safeParse(FailoverRequestedSchema, event.detail);
  if (!parsed.success) {
    throw new InvalidFailoverRequestError(
      `The event is no valid FailoverRequested: ${problemsText(inputProblems(parsed.issues))}`,
    );
  }
  const { version: _, requestId: __, detectedAt = event.time, ...wishes } = parsed.output;
  if (origin === 'schedule' && wishes.kind === 'real') {
    throw new InvalidFailoverRequestError(
      'A schedule starts drills and dry runs, never a real run',
    );
  }
  return { ...wishes, detectedAt, origin, failoverId: failoverIdOf(event) };
}

function fromAlarm(event: Event, { triggers }: Plan): ReadRequest {
  const { alarmName, state } = readDetail(AlarmSchema, event);
  const failoverId = failoverIdOf(event);
  if (state.value !== 'ALARM') {
    return {
      kind: 'nothing',
      failoverId,
      why: `The alarm ${alarmName} is in state ${state.value}`,
    };
  }
  const trigger = triggers.find((one) => 'alarm' in one && one.alarm === alarmName);
  if (trigger === undefined) {
    return { kind: 'nothing', failoverId, why: `The plan names no alarm ${alarmName}` };
  }
  const detectedAt = toInstant(state.timestamp) ?? event.time;
  const reason = `Alarm ${alarmName}: ${state.reason ?? 'no reason was given'}`;
  return automatic(trigger, {
    failoverId,
    origin: 'alarm',
    detectedAt,
    reason,
    requestedBy: alarmName,
    alarm: alarmName,
  });
}

function fromRds(event: Event, { triggers }: Plan): ReadRequest {
  const detail = readDetail(RdsSchema, event);
  const { SourceIdentifier: source, SourceType: type, EventID: eventId } = detail;
  const failoverId = failoverIdOf(event);
  const trigger = triggers.find(
    (one) => 'rds' in one && one.rds.events.includes(eventId) && isOf(one.rds.source, detail),
  );
  if (trigger === undefined) {
    return { kind: 'nothing', failoverId, why: `The plan names no ${eventId} of ${source}` };
  }
  const reason = `${eventId} of ${source}: ${detail.Message ?? 'no message was given'}`;
  return automatic(trigger, {
    failoverId,
    origin: 'rds',
    detectedAt: event.time,
    reason,
    requestedBy: source,
    ...(type === 'DB_INSTANCE' ? { failedInstance: source } : {}),
  });
}

/** Another cluster's name may begin alike; whether an instance is the cluster's, its checks find out. */
function isOf(cluster: string, { SourceIdentifier: source, SourceType: type }: RdsDetail): boolean {
  return type === 'DB_INSTANCE' ? source.startsWith(`${cluster}-`) : source === cluster;
}

function fromHealth(event: Event, { triggers }: Plan, region: string): ReadRequest {
  const detail = readDetail(HealthSchema, event);
  const {
    service,
    eventTypeCode,
    eventRegion = event.region ?? region,
    statusCode = 'open',
  } = detail;
  const failoverId = failoverIdOf(event);
  const nothing = (why: string): ReadRequest => ({ kind: 'nothing', failoverId, why });
  if (statusCode !== 'open') return nothing(`The health event is ${statusCode}`);
  // AWS Health sends a copy of every event to a second Region.
  if (eventRegion !== region) return nothing(`The health event is about ${eventRegion}`);
  const trigger = triggers.find(
    (one) =>
      'health' in one &&
      one.health.service === service &&
      one.health.eventTypeCodes.includes(eventTypeCode),
  );
  if (trigger === undefined) return nothing(`The plan names no ${eventTypeCode} of ${service}`);
  const names = detail.affectedEntities.map(({ entityValue }) => entityValue);
  const ours = names.filter((name) => isNamed(trigger, name));
  if (names.length > 0 && ours.length === 0) {
    // A further page of the same event may name ours, so this one does not take the event's id.
    const pageId = derivedId('health', `${detail.eventArn} page ${detail.page}`);
    const why = `The health event is about ${listed(names)}, none of which is the plan's`;
    return { kind: 'nothing', failoverId: pageId, why };
  }
  return automatic(trigger, {
    failoverId,
    origin: 'health',
    detectedAt: event.time,
    reason: `AWS Health: ${eventTypeCode}, ${scopeOf(detail, ours)}`,
    requestedBy: 'aws.health',
  });
}

/** An entity is the plan's by its name, or by an ARN that ends with it; instances begin with their cluster's. */
function isNamed(trigger: Trigger, entityValue: string): boolean {
  const name = entityValue.split(':').at(-1) ?? entityValue;
  const entities = 'health' in trigger ? trigger.health.entities : [];
  return entities.some((one) => name === one || name.startsWith(`${one}-`));
}

function scopeOf({ eventScopeCode }: HealthDetail, ours: readonly string[]): string {
  return ours.length > 0
    ? `which affects ${listed(ours)}`
    : `which names no resource (${eventScopeCode ?? 'of unknown scope'}): whether yours are affected is not known`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - 5;
  return names.slice(0, 5).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function automatic(
  { scenario, mode }: Trigger,
  rest: Omit<FailoverRequest, 'scenario' | 'mode' | 'kind'>,
): ReadRequest {
  const reason = rest.reason.slice(0, 1_000);
  return { kind: 'request', request: { ...rest, reason, scenario, mode, kind: 'real' } };
}

function readDetail<Schema extends typeof AlarmSchema | typeof RdsSchema | typeof HealthSchema>(
  schema: Schema,
  { source, detail }: Event,
): InferOutput<Schema> {
  const parsed = safeParse(schema, detail);
  if (parsed.success) return parsed.output;
  throw new InvalidFailoverRequestError(
    `Cannot read the event of ${source}: ${problemsText(inputProblems(parsed.issues))}`,
  );
}

/** CloudWatch writes `2026-11-22T09:30:00.000+0000`. */
function toInstant(text: string): string | undefined {
  const ms = Date.parse(text.replace(/\+0000$/, 'Z'));
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
