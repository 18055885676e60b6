import type { JsonObject } from '../../../core/json.ts';
import type { RdsMessage } from './rds-messages.ts';

/** An event that RDS sends to the default bus. */
export interface RdsServiceEvent {
  readonly source: 'aws.rds';
  readonly detailType: 'RDS DB Cluster Event' | 'RDS DB Instance Event';
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
  /** The Region whose default bus it comes to. */
  readonly region: string;
}

/** Whom an event is of. */
export interface EventSource {
  readonly type: 'db-cluster' | 'db-instance';
  readonly identifier: string;
  readonly arn: string;
  readonly region: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** An event as RDS keeps it. */
export interface LoggedEvent {
  readonly source: EventSource;
  readonly said: RdsMessage;
  readonly date: Date;
}

/** AWS: "Events are stored for the past 14 days". */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** The events of all Regions. */
export class RdsEventLog {
  readonly #listeners: ((event: RdsServiceEvent) => void)[] = [];
  #events: LoggedEvent[] = [];

  listen(listener: (event: RdsServiceEvent) => void): void {
    this.#listeners.push(listener);
  }

  add(event: LoggedEvent): void {
    const oldestMs = event.date.getTime() - KEPT_MS;
    if (this.#events[0] !== undefined && this.#events[0].date.getTime() < oldestMs) {
      this.#events = this.#events.filter(({ date }) => date.getTime() >= oldestMs);
    }
    this.#events.push(event);
    for (const listener of this.#listeners) listener(serviceEvent(event));
  }

  /** The Region's events of the last 14 days, the oldest first. */
  eventsOf(region: string): readonly LoggedEvent[] {
    return this.#events.filter(({ source }) => source.region === region);
  }

  clear(): void {
    this.#events = [];
  }
}

/** Writes the event as the bus gets it. AWS: "Overview of events for Aurora" of the Aurora user guide. */
function serviceEvent({ source, said, date }: LoggedEvent): RdsServiceEvent {
  const isCluster = source.type === 'db-cluster';
  return {
    source: 'aws.rds',
    detailType: isCluster ? 'RDS DB Cluster Event' : 'RDS DB Instance Event',
    resources: [source.arn],
    time: date,
    region: source.region,
    detail: {
      EventCategories: said.categories,
      SourceType: isCluster ? 'CLUSTER' : 'DB_INSTANCE',
      SourceArn: source.arn,
      Date: date.toISOString(),
      Message: said.message,
      SourceIdentifier: source.identifier,
      EventID: said.eventId,
      ...(source.tags.size > 0 && { Tags: Object.fromEntries(source.tags) }),
    },
  };
}
