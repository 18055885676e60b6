import type { DescribeEventsMessage, Event, EventsMessage } from '@aws-sdk/client-rds';
import type { LoggedEvent } from '../model/event-log.ts';
import type { RdsCall } from '../model/rds-context.ts';
import { invalidParameterCombination } from '../rds-errors.ts';
import { pageOfRecords } from './page.ts';

const DEFAULT_MINUTES = 60;
const SOURCE_TYPES = ['db-cluster', 'db-instance'];

/**
 * Lists events of the last 14 days, those of the last hour unless the request says otherwise.
 * @throws {AwsError} `InvalidParameterCombination` for a source without its type, or a time twice over.
 */
export function describeEvents(
  { rds, region }: RdsCall,
  input: DescribeEventsMessage,
): EventsMessage {
  const { SourceIdentifier, SourceType, EventCategories = [] } = input;
  if (SourceIdentifier !== undefined && SourceType === undefined) {
    throw invalidParameterCombination(
      'SourceType must be provided when SourceIdentifier is specified',
    );
  }
  const { fromMs, toMs } = window(input, rds.clock.now().getTime());
  const fits = ({ source, said, date }: LoggedEvent): boolean =>
    date.getTime() >= fromMs &&
    date.getTime() <= toMs &&
    (SourceType === undefined || source.type === SourceType) &&
    (SourceIdentifier === undefined || source.identifier === SourceIdentifier.toLowerCase()) &&
    (EventCategories.length === 0 ||
      said.categories.some((category) => EventCategories.includes(category)));
  // A source type that the rehearsal has no resources of, such as snapshots, has no events.
  const isKnown = SourceType === undefined || SOURCE_TYPES.includes(SourceType);
  const all = isKnown ? rds.events.eventsOf(region).filter(fits) : [];
  const { members, marker } = pageOfRecords(all, input);
  return { Events: members.map(eventOutput), ...marker };
}

function window(
  { StartTime, EndTime, Duration }: DescribeEventsMessage,
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  if (Duration !== undefined && (StartTime !== undefined || EndTime !== undefined)) {
    throw invalidParameterCombination(
      'Duration cannot be specified together with StartTime or EndTime',
    );
  }
  const toMs = EndTime?.getTime() ?? nowMs;
  const minutes = Duration ?? DEFAULT_MINUTES;
  return { fromMs: StartTime?.getTime() ?? toMs - minutes * 60_000, toMs };
}

function eventOutput({ source, said, date }: LoggedEvent): Event {
  return {
    SourceIdentifier: source.identifier,
    SourceType: source.type,
    SourceArn: source.arn,
    Message: said.message,
    EventCategories: [...said.categories],
    Date: date,
  };
}
