import type { JsonObject } from '../../core/json.ts';
import type { ProtectedTables } from './deletion-protection.ts';
import type { Engine } from './engine.ts';
import type { GlobalTables } from './global-tables/global-tables.ts';
import { recordIn } from './global-tables/replica-groups.ts';
import type { PointInTime } from './point-in-time.ts';
import type { Streams } from './streams/streams.ts';
import type { StreamView } from './streams/table-stream.ts';
import { ensureTable } from './tables.ts';
import type { TimeToLive } from './time-to-live.ts';

/** The tables of the template, each setting of which is set anew where the template changes it. */
export interface TemplateTables {
  /** Switches the stream that the template gives a table on, or off. */
  setStream(table: {
    readonly createTable: JsonObject;
    readonly stream: { readonly view: StreamView; readonly label: string } | undefined;
  }): void;
  /**
   * Creates a table of the template and waits until it is ACTIVE; a kept one stays as it is.
   * @throws {UserError} When a kept table has other keys.
   */
  createTable(table: { readonly createTable: JsonObject }): Promise<void>;
  /** Sets the time to live that the template gives a table. */
  setTimeToLive(table: {
    readonly createTable: JsonObject;
    readonly timeToLiveAttribute: string | undefined;
  }): void;
  /** Sets whether the template protects a table against deletion. */
  setDeletionProtection(table: {
    readonly createTable: JsonObject;
    readonly isDeletionProtected: boolean;
  }): void;
  /** Sets the encryption and the class that the template gives a table. @throws {AwsError} `ValidationException`. */
  setSettings(table: { readonly createTable: JsonObject; readonly settings: JsonObject }): void;
  /** Makes the replicas that the template gives a table, in their Regions; those that are there stay. */
  setReplicas(table: {
    readonly createTable: JsonObject;
    readonly timeToLiveAttribute: string | undefined;
    readonly replicas: readonly ReplicaSettings[];
  }): Promise<void>;
  /** Whether a table is a replica that was made of a table in another Region. */
  isReplicaOfOther(tableName: string): boolean;
  /** Switches point-in-time recovery on where the template does. */
  setPointInTimeRecovery(table: {
    readonly createTable: JsonObject;
    readonly isRecoverable: boolean;
    readonly replicas: readonly ReplicaSettings[];
  }): Promise<void>;
}

/** What the template says of a replica in another Region. */
export interface ReplicaSettings {
  readonly region: string;
  readonly isDeletionProtected: boolean;
  readonly isRecoverable: boolean;
  readonly settings: JsonObject;
}

/** The tables of a Region and what they have beside their items. */
export interface TemplateTablesOptions {
  readonly engine: Engine;
  readonly streams: Pick<Streams, 'enable' | 'disable'>;
  readonly timeToLive: TimeToLive;
  readonly tables: Pick<ProtectedTables, 'protect' | 'set'>;
  readonly pointInTime: Pick<PointInTime, 'set'>;
  readonly globalTables: GlobalTables;
  readonly region: string;
}

/** Makes what makes the template's tables. */
export function createTemplateTables(options: TemplateTablesOptions): TemplateTables {
  const { engine, streams, timeToLive, tables, pointInTime, globalTables, region } = options;
  const { groups } = globalTables;
  return {
    setStream({ createTable, stream }) {
      const tableName = String(createTable['TableName']);
      if (stream !== undefined) streams.enable(createTable, stream.view, stream.label);
      // A replica keeps the stream that it was given as such.
      else if (groups.find(region, tableName) === undefined) streams.disable(tableName);
    },
    createTable: (table) => ensureTable(engine, table.createTable),
    setTimeToLive({ createTable: { TableName }, timeToLiveAttribute }) {
      timeToLive.set(String(TableName), timeToLiveAttribute);
    },
    setDeletionProtection({ createTable: { TableName }, isDeletionProtected }) {
      tables.protect(String(TableName), isDeletionProtected);
    },
    setSettings({ createTable: { TableName }, settings }) {
      tables.set(String(TableName), settings);
    },
    async setReplicas({ createTable, timeToLiveAttribute, replicas }) {
      const tableName = String(createTable['TableName']);
      const known = groups.peersOf(region, tableName);
      for (const { region: to } of replicas) {
        if (!known.includes(to)) await globalTables.create(tableName, { from: region, to });
      }
      for (const peer of await globalTables.peersOf(tableName, region)) {
        peer.setTimeToLive(tableName, timeToLiveAttribute);
        const own = replicas.find((replica) => replica.region === peer.region);
        if (own === undefined) continue;
        peer.protect(tableName, own.isDeletionProtected);
        peer.set(tableName, own.settings);
      }
    },
    isReplicaOfOther(tableName) {
      const group = groups.find(region, tableName);
      return group !== undefined && recordIn(group, region)?.madeFrom !== undefined;
    },
    async setPointInTimeRecovery({ createTable: { TableName }, isRecoverable, replicas }) {
      const tableName = String(TableName);
      pointInTime.set(tableName, isRecoverable);
      for (const peer of replicas.length > 0 ? await globalTables.peersOf(tableName, region) : []) {
        const own = replicas.find((replica) => replica.region === peer.region);
        peer.setRecovery(tableName, own?.isRecoverable === true);
      }
    },
  };
}
