import type { Clock, Timer } from '../../../core/clock.ts';
import { createTimerQueue } from '../../../core/timer-queue.ts';
import type { MetricReader } from '../metric-reader.ts';
import type { AlarmState, MetricAlarm } from './alarm.ts';
import {
  evaluationBefore,
  isDated,
  nextChange,
  rangeMsOf,
  type StateChange,
  stepMsOf,
} from './alarm-data.ts';
import type { AlarmTable } from './alarm-table.ts';
import { reasonData } from './reason-data.ts';
import { stateReason } from './state-reason.ts';

/** The time that an alarm looks ahead for its next change of state: no jump for its sake is longer. */
const AHEAD_MS = 30 * 60_000;
/** The time for which an alarm makes up evaluations that nobody waited for. */
const BEHIND_MS = 24 * 3_600_000;

/** The clock, alarms and metrics that the watch works with. */
export interface WatchOptions {
  readonly clock: Clock;
  readonly table: AlarmTable;
  readonly reader: MetricReader;
  /** Takes an alarm into a state. */
  readonly enter: (alarm: MetricAlarm, state: AlarmState) => void;
}

/** The time up to which an alarm has been evaluated, and the time of its next look. */
interface Progress {
  readonly name: string;
  readonly region: string;
  evaluatedMs: number;
  /** When its data or its configuration changed last. */
  touchedMs: number;
  /** Has never been evaluated. */
  isNew: boolean;
  timers: readonly Timer[];
}

/** Every alarm's evaluation falls on one of these. */
const STEP_MS = 10_000;

/**
 * Evaluates alarms as if it did so every minute, but without a timer every minute, which would keep
 * a skipping clock from skipping. What data have changed is gathered until nothing is under way, or the
 * time of an evaluation has come: then it works out when the state is going to change, and waits for
 * that; what lies behind when somebody asks is made up for, in the order of time.
 */
export class AlarmWatch {
  readonly #options: WatchOptions;
  readonly #progress = new Map<string, Progress>();
  readonly #dirty = new Set<Progress>();
  /** The look at those that are dirty: at rest, and at the next evaluation in any case. */
  #looks: readonly Timer[] = [];
  /** The step up to which nothing is left to make up; undefined after a change. */
  #caughtUp: number | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Evaluates an alarm from now on, and at its next time in any case. */
  start(alarm: MetricAlarm): void {
    this.stop(alarm);
    const nowMs = this.#nowMs();
    const evaluatedMs = evaluationBefore(alarm, nowMs);
    const { name, region } = alarm;
    const isNew = true;
    const progress = { name, region, evaluatedMs, touchedMs: nowMs, isNew, timers: [] };
    this.#progress.set(alarm.arn, progress);
    this.#caughtUp = undefined;
    this.touch(alarm);
  }

  /** Ends the evaluation of an alarm. */
  stop({ arn }: { readonly arn: string }): void {
    const progress = this.#progress.get(arn);
    if (progress === undefined) return;
    for (const timer of progress.timers) timer.cancel();
    this.#dirty.delete(progress);
    this.#progress.delete(arn);
  }

  /** Looks at an alarm again once nothing is under way: its data have changed. */
  touch({ arn }: { readonly arn: string }): void {
    const progress = this.#progress.get(arn);
    if (progress === undefined) return;
    progress.touchedMs = this.#nowMs();
    this.#dirty.add(progress);
    if (this.#looks.length > 0) return;
    const { clock } = this.#options;
    const look = (): void => {
      this.#endWaiting();
      this.#look([...this.#dirty]);
    };
    const nextMs = (Math.floor(progress.touchedMs / STEP_MS) + 1) * STEP_MS;
    // Not a background timer: time may not skip past the change that this one finds.
    this.#looks = [
      clock.at(progress.touchedMs, look, { atRest: true }),
      clock.at(nextMs, look, { background: true }),
    ];
  }

  /** Evaluates alarms that never were, without waiting for the end of the minute. */
  first(): void {
    for (const alarm of this.#options.table.metricAlarms()) {
      const progress = this.#progress.get(alarm.arn);
      if (progress?.isNew === true) progress.evaluatedMs -= stepMsOf(alarm);
    }
    this.#caughtUp = undefined;
    this.catchUp();
  }

  /** Makes up for every evaluation until now. */
  catchUp(): void {
    const step = Math.floor(this.#nowMs() / STEP_MS);
    if (step === this.#caughtUp) return;
    this.#endWaiting();
    this.#look([...this.#progress.values()]);
    this.#caughtUp = step;
  }

  #endWaiting(): void {
    for (const timer of this.#looks) timer.cancel();
    this.#looks = [];
  }

  #look(due: readonly Progress[]): void {
    const alarmOf = ({ name, region }: Progress): readonly MetricAlarm[] => {
      const alarm = this.#options.table.find(region, name);
      return alarm?.kind === 'metric' ? [alarm] : [];
    };
    this.#makeUp(due.flatMap(alarmOf));
    for (const alarm of due.flatMap(alarmOf)) this.#plan(alarm);
  }

  /** Takes the changes of all alarms in the order of time: composite alarms follow them. */
  #makeUp(due: readonly MetricAlarm[]): void {
    const nowMs = this.#nowMs();
    const open = createTimerQueue();
    const find = (alarm: MetricAlarm): void => {
      const progress = this.#progress.get(alarm.arn);
      const fromMs = Math.max(progress?.evaluatedMs ?? nowMs, nowMs - BEHIND_MS);
      const change = this.#change(alarm, alarm.state.value, { fromMs, toMs: nowMs });
      if (change !== undefined) {
        const wake = (): void => find(this.#enter(alarm, change));
        open.add({ timeMs: change.timeMs, awaited: false, background: false, wake });
      } else if (progress !== undefined) {
        reach(progress, evaluationBefore(alarm, nowMs));
      }
    };
    for (const alarm of due) find(alarm);
    for (let first = open.first(); first !== undefined; first = open.first()) {
      open.remove(first);
      first.wake();
    }
  }

  #enter(alarm: MetricAlarm, { timeMs, evaluation }: StateChange): MetricAlarm {
    const state: AlarmState = {
      value: evaluation.state,
      reason: stateReason(evaluation, alarm.conditions),
      reasonData: reasonData(alarm, evaluation, timeMs),
      // The first evaluation may be of the minute before the alarm was made.
      updatedMs: Math.max(timeMs, alarm.updatedMs),
    };
    const progress = this.#progress.get(alarm.arn);
    if (progress !== undefined) reach(progress, timeMs);
    this.#options.enter(alarm, state);
    return { ...alarm, state };
  }

  #change(
    alarm: MetricAlarm,
    state: string,
    span: { readonly fromMs: number; readonly toMs: number },
  ): StateChange | undefined {
    if (span.toMs <= span.fromMs) return undefined;
    const { reader } = this.#options;
    const read = span.toMs > this.#nowMs() ? reader.foreseen : reader.buckets;
    return nextChange(alarm, state, span, (metric, startMs, endMs) =>
      read(metric, alarm.region, startMs, endMs),
    );
  }

  #plan(alarm: MetricAlarm): void {
    const progress = this.#progress.get(alarm.arn);
    if (progress === undefined) return;
    for (const timer of progress.timers) timer.cancel();
    this.#dirty.delete(progress);
    const untilMs = this.#nowMs() + AHEAD_MS;
    const changes = this.#foreseen(alarm, progress.evaluatedMs, untilMs);
    const alerting = changes.find(({ isAlerting }) => isAlerting);
    const times = new Map<number, boolean>();
    const [first] = changes;
    if (first !== undefined) times.set(first.timeMs, first.isAlerting);
    if (alerting !== undefined) times.set(alerting.timeMs, true);
    const settledMs = progress.touchedMs + rangeMsOf(alarm) + stepMsOf(alarm);
    if (settledMs > untilMs || isDated(alarm)) times.set(untilMs, times.get(untilMs) ?? false);
    progress.timers = [...times].map(([timeMs, isAlerting]) =>
      this.#options.clock.at(timeMs, () => this.#look([progress]), {
        // Only what goes off, or is over, is worth a jump of time.
        background: !isAlerting,
      }),
    );
  }

  /** The changes to come if nothing happens, up to the first that has to do with ALARM. */
  #foreseen(
    alarm: MetricAlarm,
    evaluatedMs: number,
    toMs: number,
  ): readonly { readonly timeMs: number; readonly isAlerting: boolean }[] {
    const found: { readonly timeMs: number; readonly isAlerting: boolean }[] = [];
    let state: string = alarm.state.value;
    let fromMs = evaluatedMs;
    for (;;) {
      const change = this.#change(alarm, state, { fromMs, toMs });
      if (change === undefined) return found;
      const isAlerting = [state, change.evaluation.state].includes('ALARM');
      found.push({ timeMs: change.timeMs, isAlerting });
      if (isAlerting) return found;
      state = change.evaluation.state;
      fromMs = change.timeMs;
    }
  }

  #nowMs(): number {
    return this.#options.clock.now().getTime();
  }
}

function reach(progress: Progress, timeMs: number): void {
  if (timeMs > progress.evaluatedMs) progress.isNew = false;
  progress.evaluatedMs = timeMs;
}
