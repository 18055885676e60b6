import { type Clock, sleep } from '../core/clock.ts';
import type { BusEvent } from './bus-event.ts';

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

type RunningReplay = { -readonly [Key in keyof Replay]: Replay[Key] };

const MINUTE_MS = 60_000;
/** The time that a minute's events take: long enough that a replay can be cancelled. */
const MINUTE_TAKES_MS = 1000;

/** The replays since the start. */
export class ReplayTable {
  private readonly clock: Clock;
  private readonly replays = new Map<string, RunningReplay>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  all(): readonly Replay[] {
    return [...this.replays.values()];
  }

  find(name: string): Replay | undefined {
    return this.replays.get(name);
  }

  /** Begins a replay, whose events it takes from there on. */
  begin(order: ReplayOrder): Replay {
    const replay: RunningReplay = {
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
    if (replay !== undefined) replay.state = 'CANCELLING';
  }

  /**
   * Hands out the events of a replay, those of one minute together, as EventBridge does; resolves when
   * all are out, or the replay was cancelled.
   */
  async run(
    name: string,
    events: readonly BusEvent[],
    emit: (event: BusEvent) => void,
  ): Promise<void> {
    const replay = this.replays.get(name);
    if (replay === undefined) return;
    for (const minute of minutesOf(events)) {
      await sleep(this.clock, MINUTE_TAKES_MS);
      if (replay.state === 'CANCELLING') break;
      replay.state = 'RUNNING';
      for (const event of minute) {
        emit(event);
        replay.lastReplayedTime = new Date(event.time);
      }
    }
    replay.state = replay.state === 'CANCELLING' ? 'CANCELLED' : 'COMPLETED';
    replay.endedAt = this.clock.now();
  }
}

/** Events by the minute of their time, in the order of time. */
function minutesOf(events: readonly BusEvent[]): readonly (readonly BusEvent[])[] {
  const minutes = new Map<number, BusEvent[]>();
  for (const event of events) {
    const minute = Math.floor(Date.parse(event.time) / MINUTE_MS);
    minutes.set(minute, [...(minutes.get(minute) ?? []), event]);
  }
  return [...minutes].sort(([a], [b]) => a - b).map(([, found]) => found);
}
