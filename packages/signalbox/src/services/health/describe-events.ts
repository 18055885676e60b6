import type {
  DateTimeRange,
  DescribeEventDetailsRequest,
  DescribeEventDetailsResponse,
  DescribeEventsRequest,
  DescribeEventsResponse,
  EventFilter,
  Event as WireEvent,
} from '@aws-sdk/client-health';
import { AwsError } from '../../core/aws-error.ts';
import { pageOf } from '../../core/page-of.ts';
import type { HealthEvent } from './health-event.ts';

/** Refuses an input that does not fit, or that is not rehearsed. */
export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** Refuses a token that was not given out. */
export function invalidPaginationToken(): AwsError {
  return new AwsError('InvalidPaginationToken', 'The specified pagination token is not valid');
}

/** Refuses every language but English. @throws {AwsError} `UnsupportedLocale`. */
export function checkLocale(locale = 'en'): void {
  if (!/^en([-_]US)?$/i.test(locale)) {
    throw new AwsError('UnsupportedLocale', `The specified locale is not supported: ${locale}`);
  }
}

/** Checks the length of a page. @throws {AwsError} `ValidationException`. */
export function pageLength(maxResults = 100): number {
  if (maxResults >= 10 && maxResults <= 100) return maxResults;
  throw validationException(
    `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must have value between 10 and 100`,
  );
}

/** DescribeEvents: the last updated come first. @throws {AwsError} For a filter that is not rehearsed. */
export function describeEvents(
  events: readonly HealthEvent[],
  { filter = {}, nextToken, maxResults, locale }: DescribeEventsRequest,
): DescribeEventsResponse {
  checkLocale(locale);
  for (const name of ['tags', 'availabilityZones', 'entityArns'] as const) {
    if (filter[name] !== undefined)
      throw validationException(`The rehearsal has no filter by ${name}`);
  }
  const wanted = events
    .filter((event) => isWanted(event, filter))
    .sort((a, b) => b.lastUpdatedTime.getTime() - a.lastUpdatedTime.getTime());
  const size = pageLength(maxResults);
  const { members, next } = pageOf(wanted, size, nextToken, invalidPaginationToken, 'events');
  return { events: members.map(wireEventOf), ...(next !== undefined && { nextToken: next }) };
}

function isWanted(event: HealthEvent, filter: EventFilter): boolean {
  return (
    has(filter.eventArns, event.arn) &&
    has(filter.eventTypeCodes, event.eventTypeCode) &&
    has(filter.services, event.service) &&
    has(filter.regions, event.region) &&
    has(filter.eventTypeCategories, event.category) &&
    has(filter.eventStatusCodes, event.statusCode) &&
    hasAny(filter.entityValues, event.entityValues) &&
    isWithin(filter.startTimes, event.startTime) &&
    isWithin(filter.endTimes, event.endTime) &&
    isWithin(filter.lastUpdatedTimes, event.lastUpdatedTime)
  );
}

/** Returns whether a filter takes a value; one that is not there, or is empty, takes all. */
export function has(filter: readonly string[] | undefined, value: string): boolean {
  return filter === undefined || filter.length === 0 || filter.includes(value);
}

function hasAny(filter: readonly string[] | undefined, values: readonly string[]): boolean {
  return (
    filter === undefined || filter.length === 0 || values.some((each) => filter.includes(each))
  );
}

/** Returns whether a time is in one of the ranges, where there are any. */
export function isWithin(
  ranges: readonly DateTimeRange[] | undefined,
  time: Date | undefined,
): boolean {
  if (ranges === undefined || ranges.length === 0) return true;
  if (time === undefined) return false;
  return ranges.some(({ from, to }) => {
    return (from === undefined || time >= from) && (to === undefined || time <= to);
  });
}

function wireEventOf(event: HealthEvent): WireEvent {
  return {
    arn: event.arn,
    service: event.service,
    eventTypeCode: event.eventTypeCode,
    eventTypeCategory: event.category,
    region: event.region,
    startTime: event.startTime,
    ...(event.endTime !== undefined && { endTime: event.endTime }),
    lastUpdatedTime: event.lastUpdatedTime,
    statusCode: event.statusCode,
    eventScopeCode: 'ACCOUNT_SPECIFIC',
  };
}

const MAX_DETAILS = 10;

/** DescribeEventDetails: an ARN that nobody has goes into the failed set. @throws {AwsError} `ValidationException`. */
export function describeEventDetails(
  events: readonly HealthEvent[],
  { eventArns = [], locale }: DescribeEventDetailsRequest,
): DescribeEventDetailsResponse {
  checkLocale(locale);
  if (eventArns.length === 0 || eventArns.length > MAX_DETAILS) {
    throw validationException(`eventArns must have from 1 to ${MAX_DETAILS} members`);
  }
  const found = eventArns.map((arn) => ({ arn, event: events.find((each) => each.arn === arn) }));
  return {
    successfulSet: found.flatMap(({ event }) =>
      event === undefined
        ? []
        : {
            event: wireEventOf(event),
            eventDescription: { latestDescription: event.description },
          },
    ),
    failedSet: found.flatMap(({ arn, event }) =>
      event === undefined
        ? {
            eventArn: arn,
            errorName: 'InvalidParameterException',
            errorMessage: `The event ARN ${arn} is not valid`,
          }
        : [],
    ),
  };
}
