import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import { type OnBug, ownPromise } from '../../../core/bugs/own-promise.ts';
import type { Clock } from '../../../core/clock.ts';
import type { KeptMaps } from '../../../core/kept-maps.ts';
import type { Caller, ServiceCall } from '../../../core/service.ts';
import type { MetricIdentity } from '../../metric-source.ts';
import type { MetricReader } from '../metric-reader.ts';
import { metricKey } from '../metric-store.ts';
import {
  type Alarm,
  type AlarmState,
  type CompositeAlarm,
  type MetricAlarm,
  metricsOf,
} from './alarm.ts';
import { AlarmHistory, stateUpdateData } from './alarm-history.ts';
import type { TriggeringChild } from './alarm-message.ts';
import { childrenOf, nameOf, ruleHolds } from './alarm-rule.ts';
import { AlarmTable } from './alarm-table.ts';
import { AlarmTags } from './alarm-tags.ts';
import { AlarmWatch } from './alarm-watch.ts';
import { runActions } from './run-actions.ts';
import { type CloudWatchEvent, stateChangeEvent } from './state-change.ts';
import { longTime, offsetTime } from './texts.ts';

/** The clock, account and metrics of alarms, and the way out of their actions. */
export interface AlarmsOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly reader: MetricReader;
  readonly call: ServiceCall;
  readonly onBug: OnBug;
  /** Keeps alarms, their states and tags; in memory alone unless given. */
  readonly maps?: KeptMaps | undefined;
}

/** A metric that an alarm of a Region watches. */
export interface WatchedMetric {
  readonly metric: MetricIdentity;
  readonly region: string;
}

/** The alarms of every Region, and their evaluation. */
export class Alarms {
  readonly table: AlarmTable;
  readonly history = new AlarmHistory();
  readonly tags: AlarmTags;
  readonly #options: AlarmsOptions;
  readonly #watch: AlarmWatch;
  readonly #watching = new Map<string, Set<string>>();
  readonly #listeners: ((event: CloudWatchEvent) => void)[] = [];

  constructor(options: AlarmsOptions) {
    this.#options = options;
    this.table = new AlarmTable(options.maps);
    this.tags = new AlarmTags(options.maps);
    this.#watch = new AlarmWatch({
      ...options,
      table: this.table,
      enter: (alarm, state) => this.enter(alarm, state),
    });
    for (const alarm of this.table.metricAlarms()) this.#observe(alarm);
  }

  /** Adds a listener to each change of state: the default bus of the alarm's Region. */
  onEvent(listener: (event: CloudWatchEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** The Region that a caller asks. */
  regionOf({ region }: Caller): string {
    return region ?? this.#options.region;
  }

  arnOf(region: string, name: string): string {
    return `arn:aws:cloudwatch:${region}:${this.#options.accountId}:alarm:${name}`;
  }

  nowMs(): number {
    return this.#options.clock.now().getTime();
  }

  /** An alarm after every evaluation until now. @throws {AwsError} `ResourceNotFound`. */
  need(region: string, name: string): Alarm {
    this.#watch.catchUp();
    const alarm = this.table.find(region, name);
    if (alarm !== undefined) return alarm;
    throw new AwsError('ResourceNotFound', `The alarm ${name} does not exist`);
  }

  /** A Region's alarms by name, after every evaluation until now. */
  all(region: string): readonly Alarm[] {
    this.#watch.catchUp();
    return this.table.all(region);
  }

  /** Puts a new or changed alarm, and evaluates it from now on. */
  put(alarm: Alarm): void {
    const before = this.table.find(alarm.region, alarm.name);
    this.#forget(before);
    this.table.put(alarm);
    if (alarm.kind === 'composite') {
      this.#evaluate(
        alarm,
        `${alarm.arn} was ${before ? 'updated' : 'created'} and its alarm rule`,
      );
      return;
    }
    this.#observe(alarm);
  }

  #observe(alarm: MetricAlarm): void {
    for (const { metric } of metricsOf(alarm)) {
      const key = `${alarm.region} ${metricKey(metric)}`;
      this.#watching.set(key, (this.#watching.get(key) ?? new Set()).add(alarm.name));
    }
    this.#watch.start(alarm);
  }

  /** Evaluates alarms that were just made, without waiting for the end of the minute. */
  evaluateNew(): void {
    this.#watch.first();
  }

  /** Puts an alarm of which nothing changed that its evaluation rests on. */
  replace(alarm: Alarm): void {
    this.table.put(alarm);
  }

  remove(alarm: Alarm): void {
    this.#forget(alarm);
    this.table.remove(alarm);
    this.tags.remove(alarm.arn);
  }

  /** Evaluates again whoever watches a metric, by its key. */
  touch(region: string, key: string): void {
    for (const name of this.#watching.get(`${region} ${key}`) ?? []) {
      const alarm = this.table.find(region, name);
      if (alarm !== undefined) this.#watch.touch(alarm);
    }
  }

  /** Evaluates again whoever watches a metric of a namespace; returns what is watched. */
  touchNamespace(namespace: string): readonly WatchedMetric[] {
    return this.table.metricAlarms().flatMap((alarm) => {
      const watched = metricsOf(alarm).filter(({ metric }) => metric.namespace === namespace);
      if (watched.length > 0) this.#watch.touch(alarm);
      return watched.map(({ metric }) => ({ metric, region: alarm.region }));
    });
  }

  /** Sets a state by hand: it holds until the next evaluation. */
  set(alarm: Alarm, state: AlarmState): void {
    if (alarm.state.value === state.value) return;
    this.enter(alarm, state);
    if (alarm.kind === 'metric') this.#watch.start(alarm);
  }

  /** Takes an alarm into a state: history, event, actions, and the composite alarms above it. */
  enter(alarm: Alarm, state: AlarmState, children: readonly TriggeringChild[] = []): void {
    const before = alarm.state;
    const changed: Alarm = { ...alarm, state };
    this.table.take(changed);
    this.history.add(changed, {
      type: 'StateUpdate',
      summary: `Alarm updated from ${before.value} to ${state.value}`,
      data: stateUpdateData(before, state),
      timeMs: state.updatedMs,
    });
    const event = stateChangeEvent(changed, before);
    for (const listener of this.#listeners) listener(event);
    const { history } = this;
    const options = { ...this.#options, history, nowMs: () => this.nowMs() };
    void ownPromise(runActions({ alarm: changed, before, children }, options), options.onBug);
    const reason = `${changed.arn} transitioned to ${state.value} at ${longTime(state.updatedMs)}`;
    for (const parent of this.table.parentsOf(changed)) this.#follow(parent, changed, reason);
  }

  #follow(parent: CompositeAlarm, child: Alarm, reason: string): void {
    const value = this.#valueOf(parent);
    if (value === parent.state.value) return;
    const { updatedMs } = child.state;
    this.enter(parent, { value, reason, reasonData: triggeringAlarms([child]), updatedMs }, [
      child,
    ]);
  }

  #evaluate(alarm: CompositeAlarm, what: string): void {
    const value = this.#valueOf(alarm);
    if (value === alarm.state.value) return;
    const children = childrenOf(alarm.rule).flatMap(
      (name) => this.table.find(alarm.region, name) ?? [],
    );
    const reason = `${what} evaluates to ${value}`;
    const reasonData = triggeringAlarms(children);
    this.enter(alarm, { value, reason, reasonData, updatedMs: this.nowMs() }, children);
  }

  #valueOf({ rule, region }: CompositeAlarm): StateValue {
    const holds = ruleHolds(rule, (alarm) => this.table.find(region, nameOf(alarm))?.state.value);
    return holds ? 'ALARM' : 'OK';
  }

  #forget(alarm: Alarm | undefined): void {
    if (alarm === undefined) return;
    this.#watch.stop(alarm);
    if (alarm.kind === 'composite') return;
    for (const { metric } of metricsOf(alarm)) {
      this.#watching.get(`${alarm.region} ${metricKey(metric)}`)?.delete(alarm.name);
    }
  }
}

function triggeringAlarms(children: readonly Alarm[]): string {
  return JSON.stringify({
    triggeringAlarms: children.map(({ arn, state }) => ({
      arn,
      state: { value: state.value, timestamp: offsetTime(state.updatedMs) },
    })),
  });
}
