import type { Engine } from '../engine.ts';
import { openStreams, type Streams, type StreamsOptions } from '../streams/streams.ts';
import { createGlobalTables, type GlobalTables } from './global-tables.ts';
import { openReplicationLog, type ReplicationLog } from './replication-log.ts';

/** An engine whose writes are told of by streams and heard of by replicas in other Regions. */
export interface ReplicatedEngine {
  readonly engine: Engine;
  readonly log: ReplicationLog;
  readonly streams: Streams;
  readonly globalTables: GlobalTables;
}

/** Opens the streams and the replication of an engine's tables, with what is kept of both. */
export async function openReplicated(
  plain: Engine,
  options: StreamsOptions & {
    /** Those of all Regions; this Region is alone unless given. */
    readonly globalTables?: GlobalTables;
  },
): Promise<ReplicatedEngine> {
  const { clock, region, globalTables = aloneTables(options) } = options;
  const log = await openReplicationLog({
    ...{ engine: plain, nowMs: () => clock.now().getTime(), versions: globalTables.versions },
    peersOf: (tableName) => globalTables.groups.peersOf(region, tableName),
    onWrite: (targets) => globalTables.wake(region, targets),
  });
  const streams = await openStreams({ ...plain, together: log.together }, options);
  return { engine: { ...plain, together: streams.together }, log, streams, globalTables };
}

/** The global tables of a Region that is alone. */
function aloneTables({ clock }: Pick<StreamsOptions, 'clock'>): GlobalTables {
  const onBug = (bug: unknown): never => {
    throw bug;
  };
  return createGlobalTables({
    clock,
    onBug,
    openIn: async () => undefined,
    record: () => undefined,
  });
}
