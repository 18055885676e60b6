import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { askRehearsal } from '../rehearsal-api.ts';
import type { Session } from '../session.ts';

/** A record of one event on one bus, from a rehearsal's log. */
export interface EventRecord {
  readonly event: JsonObject;
  readonly eventBusName: string;
  readonly ingestionTime: string;
  readonly rules: readonly string[];
  readonly archives: readonly string[];
  readonly deliveries: readonly EventDelivery[];
  /** The reason for which no rule took it; undefined where one did. */
  readonly reason: string | undefined;
}

/** The delivery of an event to one target. */
export interface EventDelivery {
  readonly ruleName: string;
  readonly targetArn: string;
  readonly attempts: number;
  /** Such as `delivered`, `dead-lettered`, `dropped` or `under-way`. */
  readonly result: string;
  /** The execution that it started, or why it failed. */
  readonly detail: string;
}

/** Reads the log of a rehearsal, or its records of one event; undefined where it knows none. */
export async function readEventLog(
  session: Session,
  command: string,
  eventId?: string,
): Promise<readonly EventRecord[] | undefined> {
  const path = `/_signalbox/events${eventId === undefined ? '' : `/${encodeURIComponent(eventId)}`}`;
  const response = await askRehearsal(session, { path, command });
  return response === undefined ? undefined : objects(member(response, 'events')).map(recordOf);
}

function recordOf(record: JsonObject): EventRecord {
  const event = member(record, 'event');
  return {
    event: isJsonObject(event) ? event : {},
    eventBusName: text(record, 'eventBusName'),
    ingestionTime: text(record, 'ingestionTime'),
    rules: objects(member(record, 'matchedRules')).map((rule) => text(rule, 'name')),
    archives: list(member(record, 'archives')).map(String),
    deliveries: objects(member(record, 'deliveries')).map(deliveryOf),
    reason: text(member(record, 'unmatched'), 'reason') || undefined,
  };
}

function deliveryOf(delivery: JsonObject): EventDelivery {
  const result = member(delivery, 'result');
  const because = text(result, 'because');
  const error = [text(result, 'errorCode'), text(result, 'errorMessage')].filter(Boolean);
  const detail = [text(result, 'executionArn'), error.join(': '), because && `(${because})`];
  return {
    ruleName: text(delivery, 'ruleName'),
    targetArn: text(delivery, 'targetArn'),
    attempts: list(member(delivery, 'attempts')).length,
    result: text(result, 'kind'),
    detail: detail.filter(Boolean).join(' '),
  };
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? ownMember(value, name) : undefined;
}

function text(value: Json | undefined, name: string): string {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return list(value).filter((one) => isJsonObject(one));
}
