import type { JsonObject } from '../json.ts';

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
  readonly resources: readonly string[];
  readonly detail: JsonObject;
};

/** What a service of the rehearsal says of an event of its own. */
export interface ServiceEvent {
  /** Such as `aws.states`. */
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time?: Date;
}

/** Writes a time as events do: whole seconds. */
export function eventTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
