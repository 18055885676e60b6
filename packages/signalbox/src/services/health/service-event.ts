import type { JsonObject } from '../../core/json.ts';
import type { HealthEvent } from './health-event.ts';

/** An event that AWS Health sends to the default bus. */
export interface HealthBusEvent {
  readonly source: 'aws.health';
  readonly detailType: 'AWS Health Event';
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
  /** The Region whose default bus it comes to. */
  readonly region: string;
}

/**
 * Writes an event as it stands.
 * AWS: "Reference: AWS Health events Amazon EventBridge schema" of the user guide.
 */
export function busEventOf(event: HealthEvent, accountId: string): HealthBusEvent {
  const { lastUpdatedTime, endTime } = event;
  const [, id = ''] = /_([^_]+)$/.exec(event.arn) ?? [];
  return {
    source: 'aws.health',
    detailType: 'AWS Health Event',
    resources: event.entityValues,
    time: lastUpdatedTime,
    region: event.region,
    detail: {
      eventArn: event.arn,
      service: event.service,
      eventTypeCode: event.eventTypeCode,
      eventTypeCategory: event.category,
      eventScopeCode: 'ACCOUNT_SPECIFIC',
      communicationId: `${id}-${lastUpdatedTime.getTime()}`,
      startTime: event.startTime.toUTCString(),
      ...(endTime !== undefined && { endTime: endTime.toUTCString() }),
      lastUpdatedTime: lastUpdatedTime.toUTCString(),
      statusCode: event.statusCode,
      eventRegion: event.region,
      eventDescription: [{ language: 'en_US', latestDescription: event.description }],
      affectedEntities: event.entityValues.map((entityValue) => ({
        entityValue,
        lastUpdatedTime: lastUpdatedTime.toUTCString(),
        status: entityStatusOf(event),
      })),
      affectedAccount: accountId,
      page: '1',
      totalPages: '1',
    },
  };
}

/** Returns the status of the resources of an event. */
export function entityStatusOf({ category, statusCode }: HealthEvent) {
  if (category === 'scheduledChange') return statusCode === 'closed' ? 'RESOLVED' : 'PENDING';
  return statusCode === 'closed' ? 'UNIMPAIRED' : 'IMPAIRED';
}
