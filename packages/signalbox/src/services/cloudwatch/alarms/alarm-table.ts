import { type KeptMaps, unkeptMaps } from '../../../core/kept-maps.ts';
import { unlessFull } from '../../../core/unless-full.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from './alarm.ts';
import { childrenOf } from './alarm-rule.ts';
import { KEPT_ALARM } from './kept-alarm.ts';

/** The alarms of every Region, by name. */
export class AlarmTable {
  readonly #regions = new Map<string, Map<string, Alarm>>();
  readonly #composites = new Map<string, CompositeAlarm>();
  readonly #kept: Map<string, Alarm>;

  constructor(maps: KeptMaps = unkeptMaps) {
    this.#kept = maps.map('monitoring/alarms', KEPT_ALARM);
    for (const alarm of this.#kept.values()) this.#place(alarm);
  }

  /** Puts an alarm in place of the one of its name. @throws {AwsError} `InternalFailure` on a full disk. */
  put(alarm: Alarm): void {
    this.#kept.set(alarm.arn, alarm);
    this.#place(alarm);
  }

  /** Puts an alarm in another state, for which no caller waits: on a full disk it lasts as long as the process. */
  take(alarm: Alarm): void {
    unlessFull(() => this.#kept.set(alarm.arn, alarm));
    this.#place(alarm);
  }

  #place(alarm: Alarm): void {
    const alarms = this.#regions.get(alarm.region) ?? new Map<string, Alarm>();
    this.#regions.set(alarm.region, alarms);
    alarms.set(alarm.name, alarm);
    if (alarm.kind === 'composite') this.#composites.set(alarm.arn, alarm);
    else this.#composites.delete(alarm.arn);
  }

  remove({ region, name, arn }: Alarm): void {
    this.#kept.delete(arn);
    this.#composites.delete(arn);
    this.#regions.get(region)?.delete(name);
  }

  find(region: string, name: string): Alarm | undefined {
    return this.#regions.get(region)?.get(name);
  }

  /** A Region's alarms by name. */
  all(region: string): readonly Alarm[] {
    const alarms = [...(this.#regions.get(region)?.values() ?? [])];
    return alarms.sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** The metric alarms of every Region. */
  metricAlarms(): readonly MetricAlarm[] {
    const all = [...this.#regions.values()].flatMap((alarms) => [...alarms.values()]);
    return all.flatMap((alarm) => (alarm.kind === 'metric' ? [alarm] : []));
  }

  /** The composite alarms whose rules look at an alarm. */
  parentsOf({ region, name }: Alarm): readonly CompositeAlarm[] {
    return [...this.#composites.values()]
      .filter((alarm) => alarm.region === region && childrenOf(alarm.rule).includes(name))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }
}
