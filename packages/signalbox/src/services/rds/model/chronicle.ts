import type { LagCourse } from './lag-course.ts';

/** The facts that an instance's metrics are read from, from one moment until the next entry. */
export interface InstanceEntry {
  readonly fromMs: number;
  readonly isRunning: boolean;
  readonly isWriter: boolean;
  /** When its engine last started, in Unix milliseconds. */
  readonly startedMs: number;
}

/** The moments at which an instance changed; it outlives the instance, as its metrics do. */
export interface InstanceChronicle {
  readonly identifier: string;
  readonly entries: InstanceEntry[];
}

/** The moments at which a cluster changed, from which every metric of it is derived. */
export interface ClusterChronicle {
  readonly identifier: string;
  readonly region: string;
  readonly connections: Connections;
  /** The lag of its readers behind its writer. */
  readonly replicaLag: LagCourse;
  /** Its lag behind the primary of its global cluster, while it is a secondary. */
  readonly globalLag: LagCourse;
  readonly instances: InstanceChronicle[];
}

/** Client connections that an instance has while it runs, by its role. */
export interface Connections {
  readonly writer: number;
  readonly reader: number;
}

/** Returns the facts of an instance at a time in Unix milliseconds; undefined before its first entry. */
export function entryAt(chronicle: InstanceChronicle, timeMs: number): InstanceEntry | undefined {
  return chronicle.entries.findLast(({ fromMs }) => fromMs <= timeMs);
}

/** Adds an entry, unless nothing has changed. */
export function noteEntry({ entries }: InstanceChronicle, entry: InstanceEntry): void {
  const last = entries.at(-1);
  const isSame =
    last?.isRunning === entry.isRunning &&
    last.isWriter === entry.isWriter &&
    last.startedMs === entry.startedMs;
  if (!isSame) entries.push(entry);
}
