import type { Clock } from '../../../core/clock.ts';
import { noteEntry } from './chronicle.ts';
import type { DbCluster, DbInstance } from './databases.ts';
import { isRunning } from './db-instance.ts';
import { RdsEventLog } from './event-log.ts';
import type { RdsMessage } from './rds-messages.ts';
import { RdsStore } from './rds-store.ts';
import { createTimers, type Timers } from './timers.ts';
import { DEFAULT_TIMINGS, type Timings } from './timings.ts';

/** RDS's clock, Region and account. */
export interface RdsOptions {
  readonly clock: Clock;
  /** The app's own Region: what is asked when a call names none. */
  readonly region: string;
  readonly accountId: string;
}

/** RDS as its parts share it. */
export interface RdsContext extends RdsOptions {
  readonly store: RdsStore;
  readonly timers: Timers;
  readonly events: RdsEventLog;
  /** ARNs of clusters and global clusters whose failovers never end, each with what waits to go on. */
  readonly stuck: Map<string, Set<() => void>>;
  readonly listeners: (() => void)[];
  timings: Timings;
  /** The number of calls for a failover that will yet be throttled. */
  throttledCalls: number;
}

/** An action's context: the Region that was asked. */
export interface RdsCall {
  readonly rds: RdsContext;
  readonly region: string;
}

/** Makes RDS without any database. */
export function createContext(options: RdsOptions): RdsContext {
  return {
    ...options,
    store: new RdsStore(),
    timers: createTimers(options.clock),
    events: new RdsEventLog(),
    stuck: new Map(),
    listeners: [],
    timings: DEFAULT_TIMINGS,
    throttledCalls: 0,
  };
}

/** Takes everything away and calls off what is under way. */
export function clearContext(rds: RdsContext): void {
  rds.timers.clear();
  rds.store.clear();
  rds.events.clear();
  rds.stuck.clear();
  rds.timings = DEFAULT_TIMINGS;
  rds.throttledCalls = 0;
}

/** Publishes a message about a cluster or instance; in a Region that is down nobody is notified. */
export function notify(rds: RdsContext, subject: DbCluster | DbInstance, said: RdsMessage): void {
  const isCluster = 'instances' in subject;
  const region = isCluster ? subject.region : subject.cluster.region;
  if (rds.store.downRegions.has(region)) return;
  rds.events.add({
    said,
    date: rds.clock.now(),
    source: {
      type: isCluster ? 'db-cluster' : 'db-instance',
      identifier: subject.identifier,
      arn: subject.arn,
      region,
      tags: subject.tags,
    },
  });
}

/** Notes how the clusters' instances now are, and lets listeners know that metrics took another course. */
export function noteChange(rds: RdsContext, ...clusters: readonly DbCluster[]): void {
  for (const { instances } of clusters) {
    for (const instance of instances.values()) noteInstance(rds, instance);
  }
  for (const listener of rds.listeners) listener();
}

/** Notes how an instance is from a moment on, by default now. */
export function noteInstance(rds: RdsContext, instance: DbInstance, from = rds.clock.now()): void {
  noteEntry(instance.chronicle, {
    fromMs: from.getTime(),
    isRunning: isRunning(instance),
    isWriter: instance.isWriter,
    startedMs: instance.startedAt.getTime(),
  });
}

/** Goes on with a failover, unless a fault keeps it: then once the fault has gone. */
export function unlessStuck(rds: RdsContext, arns: readonly string[], goOn: () => void): void {
  const waiting = arns.map((arn) => rds.stuck.get(arn)).find((set) => set !== undefined);
  if (waiting === undefined) goOn();
  else waiting.add(goOn);
}
