import type { JsonObject } from '../core/json.ts';

/** An event as EventBridge hands it on: a type, not an interface, so that it is a JSON object too. */
export type BusEvent = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  /** The replay that brought the event back. */
  readonly 'replay-name'?: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
};

/** The fields that a service of the rehearsal gives to an event of its own. */
export interface ServiceEvent {
  /** Such as `aws.states`. */
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time?: Date;
  /** The trace header of the execution or request that the event describes. */
  readonly traceHeader?: string | undefined;
}

/** The event as a replay brings it back, with the replay's name where EventBridge writes it. */
export function replayed(event: BusEvent, replayName: string): BusEvent {
  const { version, id, source, account, time, region, resources, detail } = event;
  const detailType = event['detail-type'];
  const head = { version, id, 'detail-type': detailType, source, account, time, region };
  return { ...head, 'replay-name': replayName, resources, detail };
}

/** Writes a time as events do: whole seconds. */
export function eventTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
