import { type Clock, sleep } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { BusEvent } from './bus-event.ts';
import { keptIfPossible } from './deliveries.ts';

/** The request of StartReplay. */
export interface ReplayOrder {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly archiveArn: string;
  readonly eventBusArn: string;
  /** The rules that it is for; none means all. */
  readonly ruleArns: readonly string[];
  readonly fromTime: Date;
  readonly toTime: Date;
}

/** A replay and how far it has come. */
export interface Replay extends ReplayOrder {
  readonly state: 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED';
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  /** The time of the last event that was replayed. */
  readonly lastReplayedTime: Date | undefined;
}

const MINUTE_MS = 60_000;
/** The time that a minute's events take: long enough that a replay can be cancelled. */
const MINUTE_TAKES_MS = 1000;

/** The name in an archive's ARN. */
export function archiveNameOf(archiveArn: string): string {
  return archiveArn.split('/').at(-1) ?? '';
}

/** The replays, each with how far it has come. */
export class ReplayTable {
  private readonly clock: Clock;
  private readonly replays: Map<string, Replay>;

  constructor(clock: Clock, maps: KeptMaps) {
    this.clock = clock;
    this.replays = maps.map('events/replays');
  }

  all(): readonly Replay[] {
    return [...this.replays.values()];
  }

  find(name: string): Replay | undefined {
    return this.replays.get(name);
  }

  /** Those that have not ended. */
  open(): readonly Replay[] {
    return this.all().filter(({ endedAt }) => endedAt === undefined);
  }

  /** Begins a replay, whose events it takes from there on. */
  begin(order: ReplayOrder): Replay {
    const replay: Replay = {
      ...order,
      state: 'STARTING',
      startedAt: this.clock.now(),
      endedAt: undefined,
      lastReplayedTime: undefined,
    };
    this.replays.set(order.name, replay);
    return replay;
  }

  /** Ends a replay after the minute that is under way. */
  cancel(name: string): void {
    const replay = this.replays.get(name);
    if (replay !== undefined) this.replays.set(name, { ...replay, state: 'CANCELLING' });
  }

  /**
   * Hands out the events of a replay, those of one minute together, as EventBridge does; resolves when
   * all are out, or the replay was cancelled. Where an earlier process has begun it, the minute that
   * it came to is handed out again.
   */
  async run(
    name: string,
    events: readonly BusEvent[],
    emit: (event: BusEvent) => void,
  ): Promise<void> {
    const from = this.replays.get(name)?.lastReplayedTime;
    for (const [minute, ofMinute] of minutesOf(events)) {
      if (from !== undefined && minute < minuteOf(from)) continue;
      await sleep(this.clock, MINUTE_TAKES_MS);
      if (this.replays.get(name)?.state === 'CANCELLING') break;
      for (const event of ofMinute) emit(event);
      const lastReplayedTime = ofMinute.at(-1)?.time;
      this.change(name, {
        state: 'RUNNING',
        ...(lastReplayedTime !== undefined && { lastReplayedTime: new Date(lastReplayedTime) }),
      });
    }
    const isCancelled = this.replays.get(name)?.state === 'CANCELLING';
    const state = isCancelled ? 'CANCELLED' : 'COMPLETED';
    this.change(name, { state, endedAt: this.clock.now() });
  }

  /** On a full disk it is kept as it was, so that a part is replayed again after a restart. */
  private change(name: string, change: Partial<Replay>): void {
    const replay = this.replays.get(name);
    if (replay === undefined) return;
    keptIfPossible(() => void this.replays.set(name, { ...replay, ...change }), undefined);
  }
}

function minuteOf(time: Date): number {
  return Math.floor(time.getTime() / MINUTE_MS);
}

/** Events by the minute of their time, in the order of time. */
function minutesOf(
  events: readonly BusEvent[],
): readonly (readonly [minute: number, events: readonly BusEvent[]])[] {
  const minutes = new Map<number, BusEvent[]>();
  for (const event of events) {
    const minute = minuteOf(new Date(event.time));
    minutes.set(minute, [...(minutes.get(minute) ?? []), event]);
  }
  return [...minutes].sort(([a], [b]) => a - b);
}
