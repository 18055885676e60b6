import type { Problem } from '../result.ts';
import { ArchiveTable } from './archive-table.ts';
import { type BusEvent, eventTime, type ServiceEvent } from './bus-event.ts';
import { type BusLog, createBusLog } from './bus-log.ts';
import type { DeliveryPorts } from './deliver-event.ts';
import type { Unmatched } from './delivery.ts';
import { type RouterParts, routeEvent } from './event-router.ts';
import { type BusParts, loadParts } from './load-parts.ts';
import {
  type AcceptedEntry,
  checkEntry,
  type PutEventsEntry,
  type PutEventsResultEntry,
  requireRequest,
} from './put-events.ts';
import { RuleTable } from './rule-table.ts';
import { createWork } from './work.ts';

/** What the buses need of the world. */
export interface BusOptions extends DeliveryPorts {
  uuid(): string;
  readonly accountId: string;
  readonly region: string;
  /** Told of each event that no target gets. */
  onUnmatched(event: BusEvent, unmatched: Unmatched): void;
  /** How many events the log keeps; 1,000 unless said. */
  readonly logCapacity?: number;
}

/** The event buses of the account. */
export interface Bus {
  readonly accountId: string;
  readonly region: string;
  /**
   * Takes the template's buses, rules and archives in place of those before; deliveries go on.
   * Answers what the rehearsal doesn't play.
   * @throws {UserError} `invalid`, with all that is wrong; what was loaded before stays.
   */
  load(parts: BusParts): readonly Problem[];
  /**
   * Takes events from outside, as EventBridge's PutEvents: entries fail one by one.
   * @throws {AwsError} ValidationException for the request as a whole.
   */
  putEvents(entries: readonly PutEventsEntry[]): {
    readonly FailedEntryCount: number;
    readonly Entries: readonly PutEventsResultEntry[];
  };
  /** Takes an event of a service of the rehearsal's on the default bus; answers its id. */
  publish(event: ServiceEvent): string;
  /** Resolves when nothing is being delivered and nothing waits to be. */
  idle(): Promise<void>;
  readonly log: BusLog;
  readonly rules: RuleTable;
  readonly archives: ArchiveTable;
}

/** Makes the account's event buses: the default bus alone, and no rules. */
export function createBus(options: BusOptions): Bus {
  const { clock, accountId, region } = options;
  const work = createWork();
  const parts: RouterParts = {
    rules: new RuleTable(),
    archives: new ArchiveTable(),
    log: createBusLog(options.logCapacity ?? 1000),
    work,
    ports: options,
    onUnmatched: options.onUnmatched,
  };
  const arn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  const defaultBus = { logicalId: '', name: 'default', arn };
  parts.rules.replace([defaultBus], []);

  function accept(entry: AcceptedEntry): string {
    const event: BusEvent = {
      version: '0',
      id: options.uuid(),
      'detail-type': entry.detailType,
      source: entry.source,
      account: accountId,
      time: eventTime(entry.time ?? clock.now()),
      region,
      resources: entry.resources,
      detail: entry.detail,
    };
    routeEvent({ event, eventBusName: entry.eventBusName, via: [] }, parts);
    return event.id;
  }

  function putEntry(entry: PutEventsEntry): PutEventsResultEntry {
    const checked = checkEntry(entry);
    return 'ErrorCode' in checked ? checked : { EventId: accept(checked) };
  }

  return {
    accountId,
    region,
    load(given) {
      const { rules, archives, unsupported } = loadParts(given);
      const others = given.eventBuses.filter(({ name }) => name !== 'default');
      parts.rules.replace([defaultBus, ...others], rules);
      parts.archives.replace(archives, clock.now());
      return unsupported;
    },
    putEvents(entries) {
      requireRequest(entries);
      const results = entries.map(putEntry);
      const failed = results.filter((result) => 'ErrorCode' in result);
      return { FailedEntryCount: failed.length, Entries: results };
    },
    publish: ({ source, detailType, detail, resources = [], time }) =>
      accept({ source, detailType, detail, resources, time, eventBusName: 'default' }),
    idle: work.idle,
    log: parts.log,
    rules: parts.rules,
    archives: parts.archives,
  };
}
