import {
  type ClusterChronicle,
  entryAt,
  type InstanceChronicle,
  type InstanceEntry,
} from '../model/chronicle.ts';

/** The value that is asked for. */
interface Asked {
  readonly cluster: ClusterChronicle;
  readonly instance: InstanceChronicle;
  /** `WRITER` or `READER`: instances of that role alone. */
  readonly role: string | undefined;
  /** Unix milliseconds. */
  readonly timeMs: number;
}

/** Metrics of a global cluster's secondaries, in milliseconds. */
export const GLOBAL_METRICS: readonly string[] = [
  'AuroraGlobalDBReplicationLag',
  'AuroraGlobalDBRPOLag',
];

/** The metrics of an instance whose engine runs; undefined for a value that is missing. */
export const INSTANCE_METRICS: Readonly<Record<string, (asked: Asked) => number | undefined>> = {
  /** Milliseconds behind the writer, of readers while there is one. */
  AuroraReplicaLag({ cluster, ...asked }) {
    const entry = runningEntry(asked);
    if (entry === undefined || entry.isWriter || !hasWriter(cluster, asked.timeMs))
      return undefined;
    return cluster.replicaLag.at(asked.timeMs)?.lagMs;
  },
  /** The number of connected clients. */
  DatabaseConnections({ cluster, ...asked }) {
    const entry = runningEntry(asked);
    if (entry === undefined) return undefined;
    return entry.isWriter ? cluster.connections.writer : cluster.connections.reader;
  },
  /** Seconds since the engine started. */
  EngineUptime(asked) {
    const entry = runningEntry(asked);
    return entry === undefined ? undefined : Math.floor((asked.timeMs - entry.startedMs) / 1000);
  },
};

function runningEntry({
  instance,
  role,
  timeMs,
}: Omit<Asked, 'cluster'>): InstanceEntry | undefined {
  const entry = entryAt(instance, timeMs);
  if (entry === undefined || !entry.isRunning) return undefined;
  return role === undefined || role === (entry.isWriter ? 'WRITER' : 'READER') ? entry : undefined;
}

function hasWriter({ instances }: ClusterChronicle, timeMs: number): boolean {
  return instances.some(
    (instance) => runningEntry({ instance, role: 'WRITER', timeMs }) !== undefined,
  );
}
