import { AwsError } from '../core/aws-error.ts';
import type { OnBug } from '../core/bugs/own-promise.ts';
import type { OpenJournal } from '../core/journal.ts';
import { type KeptMaps, unkeptMaps } from '../core/kept-maps.ts';
import type { Problem } from '../core/result.ts';
import { ArchiveTable } from './archive-table.ts';
import type { BusEvent } from './bus-event.ts';
import { type BusLog, createBusLog } from './bus-log.ts';
import type { DeliveryPorts } from './deliver-event.ts';
import { type Arrival, createDeliveries } from './deliveries.ts';
import type { Unmatched } from './delivery.ts';
import { type RouterOptions, resumeDeliveries, type ToRegion } from './event-router.ts';
import { createIntake, type Intake } from './intake.ts';
import { type BusResources, loadBusResources } from './load-bus-resources.ts';
import { ReplayTable } from './replay-table.ts';
import { RuleTable } from './rule-table.ts';
import { createWork } from './work.ts';

/** The clock and services of the buses. */
export interface BusOptions extends DeliveryPorts {
  uuid(): string;
  readonly accountId: string;
  readonly region: string;
  /** Returns whether a text is a schedule that a rule may have. */
  isSchedule(scheduleExpression: string): boolean;
  /** Notified of each event that no target gets. */
  onUnmatched(event: BusEvent, unmatched: Unmatched): void;
  /** Takes an event to a bus of another Region; there is none unless given. */
  readonly toRegion?: ToRegion | undefined;
  /** Notified of what a delivery threw that is no refusal of AWS's. */
  readonly onBug: OnBug;
  /** The number of events that the log keeps; 1,000 unless said. */
  readonly logCapacity?: number;
  /** Opens the journal of the log; in memory unless given. */
  readonly openLog?: OpenJournal | undefined;
  /** Keeps rules, buses, archives and deliveries; in memory unless given. */
  readonly maps?: KeptMaps;
}

/** The event buses of the account. */
export interface Bus extends Intake {
  readonly accountId: string;
  readonly region: string;
  now(): Date;
  /** When the rehearsal began, and the template's buses with it. */
  readonly startedAt: Date;
  isSchedule(scheduleExpression: string): boolean;
  /**
   * Takes the template's buses, rules and archives in place of those before; deliveries go on.
   * Returns what the rehearsal doesn't play.
   * @throws {UserError} `invalid`, with all that is wrong; what was loaded before stays.
   */
  load(parts: BusResources): readonly Problem[];
  /**
   * Goes on with the deliveries that an earlier process has left; to be called once, when the targets
   * are in place.
   */
  resume(): void;
  /** Resolves when nothing is being delivered and nothing waits to be. */
  idle(): Promise<void>;
  readonly log: BusLog;
  readonly rules: RuleTable;
  readonly archives: ArchiveTable;
  readonly replays: ReplayTable;
}

/** Makes the account's event buses: the default bus alone, and no rules. */
export function createBus(options: BusOptions): Bus {
  const { clock, accountId, region, maps = unkeptMaps } = options;
  const work = createWork(options.onBug);
  const parts: RouterOptions = {
    rules: new RuleTable(maps),
    archives: new ArchiveTable(maps),
    log: createBusLog(options.logCapacity ?? 1000, options.openLog),
    work,
    deliveries: createDeliveries(maps),
    keep: (write) => write(),
    ports: options,
    onUnmatched: options.onUnmatched,
    here: { region, accountId },
    toRegion: options.toRegion ?? nowhere,
  };
  const replays = new ReplayTable(clock, maps);
  const intake = createIntake({ ...options, replays }, parts);
  const arn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  const defaultBus = { logicalId: '', name: 'default', arn };
  parts.rules.replace([defaultBus], []);
  return {
    accountId,
    region,
    now: () => clock.now(),
    startedAt: clock.now(),
    isSchedule: (text) => options.isSchedule(text),
    load(given) {
      const { rules, archives, unsupported } = loadBusResources(given, options);
      const others = given.eventBuses.filter(({ name }) => name !== 'default');
      parts.rules.replace([defaultBus, ...others], rules);
      parts.archives.replace(archives, clock.now());
      return unsupported;
    },
    resume() {
      resumeDeliveries(parts);
      intake.resumeReplays();
    },
    ...intake,
    idle: work.idle,
    log: parts.log,
    rules: parts.rules,
    archives: parts.archives,
    replays,
  };
}

async function nowhere(region: string, { eventBusName }: Arrival): Promise<void> {
  const message = `Event bus ${eventBusName} does not exist in ${region}.`;
  throw new AwsError('ResourceNotFoundException', message);
}
