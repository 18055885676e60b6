import type { EventStatusCode } from '@aws-sdk/client-health';

/** Something at AWS that touches the account. */
export interface HealthEvent {
  readonly arn: string;
  /** Such as `RDS`. */
  readonly service: string;
  /** Such as `AWS_RDS_OPERATIONAL_ISSUE`. */
  readonly eventTypeCode: string;
  readonly category: 'issue' | 'accountNotification' | 'scheduledChange' | 'investigation';
  readonly region: string;
  readonly startTime: Date;
  /** The resources that it touches. */
  readonly entityValues: readonly string[];
  endTime: Date | undefined;
  lastUpdatedTime: Date;
  statusCode: EventStatusCode;
  description: string;
}

/** The facts that an event is opened with. */
export interface HealthEventStart {
  readonly service: string;
  readonly eventTypeCode: string;
  readonly category: HealthEvent['category'];
  readonly region: string;
  readonly startTime: Date;
  readonly entityValues: readonly string[];
  readonly description: string;
  readonly uuid: string;
}

/** Opens an event. */
export function openEvent({ uuid, ...start }: HealthEventStart): HealthEvent {
  const { region, service, eventTypeCode, startTime } = start;
  return {
    ...start,
    arn: `arn:aws:health:${region}::event/${service}/${eventTypeCode}/${eventTypeCode}_${uuid}`,
    endTime: undefined,
    lastUpdatedTime: startTime,
    statusCode: 'open',
  };
}

/** Closes an event. */
export function closeEvent(event: HealthEvent, now: Date, description: string): void {
  event.statusCode = 'closed';
  event.endTime = now;
  event.lastUpdatedTime = now;
  event.description = description;
}
