import type {
  AffectedEntity,
  DescribeAffectedEntitiesRequest,
  DescribeAffectedEntitiesResponse,
} from '@aws-sdk/client-health';
import { pageOf } from '../../core/page-of.ts';
import {
  checkLocale,
  has,
  invalidPaginationToken,
  isWithin,
  pageLength,
  validationException,
} from './describe-events.ts';
import type { HealthEvent } from './health-event.ts';
import { entityStatusOf } from './service-event.ts';

/** DescribeAffectedEntities of some events. @throws {AwsError} `ValidationException`. */
export function describeAffectedEntities(
  events: readonly HealthEvent[],
  accountId: string,
  { filter, nextToken, maxResults, locale }: DescribeAffectedEntitiesRequest,
): DescribeAffectedEntitiesResponse {
  checkLocale(locale);
  const { eventArns = [], entityValues, statusCodes, lastUpdatedTimes, ...others } = filter ?? {};
  if (eventArns.length === 0) throw validationException('eventArns must have a member or more');
  const [unserved] = Object.keys(others);
  if (unserved !== undefined)
    throw validationException(`The rehearsal has no filter by ${unserved}`);
  const entities = events
    .filter(({ arn }) => eventArns.includes(arn))
    .filter((event) => has(statusCodes, entityStatusOf(event)))
    .filter((event) => isWithin(lastUpdatedTimes, event.lastUpdatedTime))
    .flatMap((event) => entitiesOf(event, accountId))
    .filter(({ entityValue = '' }) => has(entityValues, entityValue));
  const size = pageLength(maxResults);
  const { members, next } = pageOf(entities, size, nextToken, invalidPaginationToken, 'entities');
  return { entities: [...members], ...(next !== undefined && { nextToken: next }) };
}

function entitiesOf(event: HealthEvent, accountId: string): readonly AffectedEntity[] {
  return event.entityValues.map((entityValue) => ({
    entityArn: `arn:aws:health:${event.region}:${accountId}:entity/${entityValue}`,
    eventArn: event.arn,
    entityValue,
    awsAccountId: accountId,
    lastUpdatedTime: event.lastUpdatedTime,
    statusCode: entityStatusOf(event),
  }));
}
