import type { Clock } from '../core/clock.ts';
import { type BusEvent, eventTime, replayed, type ServiceEvent } from './bus-event.ts';
import { type Arrival, keptIfPossible } from './deliveries.ts';
import { type RouterOptions, receiveEvent, routeEvent, routeToRule } from './event-router.ts';
import {
  type AcceptedEntry,
  checkEntry,
  eventBusNameOf,
  type PutEventsEntry,
  type PutEventsResultEntry,
  requireRequest,
} from './put-events.ts';
import { archiveNameOf, type Replay, type ReplayOrder, type ReplayTable } from './replay-table.ts';

/** The ways on which events come to the buses. */
export interface Intake {
  /**
   * Takes events from outside, as EventBridge's PutEvents: entries fail one by one.
   * `callersTrace` is the trace header of whoever puts them.
   * @throws {AwsError} ValidationException for the request as a whole.
   */
  putEvents(
    entries: readonly PutEventsEntry[],
    callersTrace?: string,
  ): {
    readonly FailedEntryCount: number;
    readonly Entries: readonly PutEventsResultEntry[];
  };
  /** Takes an event of a service of the rehearsal's on the default bus; returns its id. */
  publish(event: ServiceEvent): string;
  /**
   * Calls the targets of a rule that has a schedule, as if its time (now, unless said) had come;
   * returns the event's id, or undefined where there is no such rule.
   */
  fireRule(ruleName: string, time?: Date): string | undefined;
  /** Takes an event that a rule of another Region hands on. @throws {AwsError} When there is no such bus. */
  receive(arrival: Arrival): void;
  /** Begins to bring back the events of an archive. */
  replay(order: ReplayOrder): Replay;
  /** Goes on with the replays that an earlier process has left. */
  resumeReplays(): void;
}

/** The clock and identity that an event is made with. */
export interface IntakeOptions {
  readonly clock: Clock;
  uuid(): string;
  readonly accountId: string;
  readonly region: string;
  readonly replays: ReplayTable;
}

/** Makes the ways on which events come to the buses. */
export function createIntake(options: IntakeOptions, parts: RouterOptions): Intake {
  const { clock } = options;
  const ours = { ...parts, keep: keptIfPossible };

  function accept(entry: AcceptedEntry, callersTrace: string | undefined, to = parts): string {
    const event = eventOf(entry, options);
    const { eventBusName, traceHeader } = entry;
    const cause = traceHeader ?? callersTrace;
    routeEvent({ event, eventBusName, via: [], traceHeader, cause }, to);
    return event.id;
  }

  function putEntry(entry: PutEventsEntry, callersTrace?: string): PutEventsResultEntry {
    const checked = checkEntry(entry, options);
    return 'ErrorCode' in checked ? checked : { EventId: accept(checked, callersTrace) };
  }

  return {
    putEvents(entries, callersTrace) {
      requireRequest(entries);
      const results = entries.map((entry) => putEntry(entry, callersTrace));
      const failed = results.filter((result) => 'ErrorCode' in result);
      return { FailedEntryCount: failed.length, Entries: results };
    },
    publish: ({ source, detailType, detail, resources = [], time, traceHeader }) =>
      accept(
        {
          ...{ source, detailType, detail, resources, time },
          ...{ eventBusName: 'default', traceHeader: undefined },
        },
        traceHeader,
        ours,
      ),
    fireRule(ruleName, time = clock.now()) {
      const loaded = parts.rules.find('default', ruleName);
      if (loaded?.rule.scheduleExpression === undefined) return undefined;
      const what = { source: 'aws.events', detailType: 'Scheduled Event', detail: {} };
      const event = eventOf({ ...what, resources: [loaded.rule.arn], time }, options);
      routeToRule({ event, eventBusName: 'default', via: [] }, loaded, ours);
      return event.id;
    },
    receive: (arrival) => receiveEvent(arrival, ours),
    replay(order) {
      const begun = options.replays.begin(order);
      runReplay(begun, options, ours);
      return begun;
    },
    resumeReplays() {
      for (const replay of options.replays.open()) runReplay(replay, options, ours);
    },
  };
}

function eventOf(
  entry: Omit<AcceptedEntry, 'eventBusName' | 'traceHeader'>,
  { uuid, accountId, region, clock }: IntakeOptions,
): BusEvent {
  return {
    version: '0',
    id: uuid(),
    'detail-type': entry.detailType,
    source: entry.source,
    account: accountId,
    time: eventTime(entry.time ?? clock.now()),
    region,
    resources: entry.resources,
    detail: entry.detail,
  };
}

function runReplay(
  { name, ruleArns, archiveArn, eventBusArn, fromTime, toTime }: Replay,
  { replays, clock }: IntakeOptions,
  parts: RouterOptions,
): void {
  const [from, to] = [eventTime(fromTime), eventTime(toTime)];
  const events = parts.archives
    .eventsOf(archiveNameOf(archiveArn), clock.now())
    .filter(({ time }) => time >= from && time <= to);
  const onlyRuleArns = ruleArns.length === 0 ? undefined : ruleArns;
  const eventBusName = eventBusNameOf(eventBusArn);
  const emit = (event: BusEvent): void =>
    routeEvent({ event: replayed(event, name), eventBusName, via: [], onlyRuleArns }, parts);
  parts.work.add(replays.run(name, events, emit));
}
