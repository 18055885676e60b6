import type { JsonObject } from '../../../core/json.ts';
import { isJsonObject, parseJson } from '../../../core/json.ts';
import type { TableActions } from '../deletion-protection.ts';
import { database, type Item } from '../dynalite.ts';
import { type Engine, keyIn } from '../engine.ts';
import type { SharedLock } from '../shared-lock.ts';
import { plainItem } from '../streams/stream-record.ts';
import type { StreamView } from '../streams/table-stream.ts';
import { createTableLike, describeTable, ensureTable, itemsOf } from '../tables.ts';
import type { TimeToLive } from '../time-to-live.ts';
import type { ReplicatedWrite } from './replicated-write.ts';
import type { ReplicationLog } from './replication-log.ts';

/** DynamoDB in one Region, as the others see it that replicate with it. */
export interface Replica {
  readonly region: string;
  readonly log: ReplicationLog;
  /** Takes a write that was made elsewhere, unless a later one was made or taken here. */
  apply(write: ReplicatedWrite): Promise<void>;
  /** Takes an item of the table that this one is made of, unless a write of it came first. */
  fill(tableName: string, item: Item): Promise<void>;
  items(tableName: string): AsyncIterable<Item>;
  /** A table as DescribeTable has it; undefined where there is none. */
  describe(tableName: string): Promise<JsonObject | undefined>;
  /** Makes an empty table like that of another Region, with its stream and its time to live. */
  make(described: JsonObject, settings: ReplicaSettings): Promise<void>;
  /** @throws {AwsError} Where it is protected. */
  remove(tableName: string): Promise<void>;
  timeToLiveOf(tableName: string): string | undefined;
  setTimeToLive(tableName: string, attribute: string | undefined): void;
  /** Protects the table against deletion, which each replica is or is not by itself. */
  protect(tableName: string, isProtected: boolean): void;
  /** Sets encryption and class, which each replica has by itself. @throws {AwsError} `ValidationException`. */
  set(tableName: string, settings: JsonObject): void;
  /** Switches point-in-time recovery on or off, which each replica has by itself. */
  setRecovery(tableName: string, isOn: boolean): void;
  /** Switches the stream of a table on, unless it is; returns its view. */
  ensureStream(tableName: string): Promise<StreamView>;
}

/** What a new replica has of the table that it is made of, besides its keys. */
export interface ReplicaSettings {
  readonly view: StreamView;
  readonly timeToLiveAttribute: string | undefined;
}

/** A Region's own DynamoDB. */
export interface ReplicaOptions {
  readonly region: string;
  /** Writes with records in streams. */
  readonly engine: Engine;
  readonly log: ReplicationLog;
  readonly lock: SharedLock;
  readonly tables: TableActions;
  readonly timeToLive: TimeToLive;
  readonly protect: (tableName: string, isProtected: boolean) => void;
  readonly set: (tableName: string, settings: JsonObject) => void;
  readonly setRecovery: (tableName: string, isOn: boolean) => void;
  readonly streams: {
    latestOf(
      tableName: string,
    ): { readonly view: StreamView; readonly disabledMs?: number | undefined } | undefined;
    enable(table: JsonObject, view: StreamView): void;
  };
}

/** An item that comes with its table is older than any write of it. */
const FILLED = '0';

/** Makes the side of a Region that other Regions replicate with. */
export function createReplica(options: ReplicaOptions): Replica {
  const { region, engine, log, lock, tables, timeToLive, streams } = options;
  const { protect, set, setRecovery } = options;

  const put = (TableName: string, Item: JsonObject) =>
    engine.run('putItem', { TableName, Item: copied(Item) });

  return {
    region,
    log,
    apply: (write) =>
      lock.exclusive(async () => {
        const { tableName, keyText, version, key, item } = write;
        const known = log.versionOf(tableName, keyText);
        if (known !== undefined && known >= version) return;
        const run = () =>
          item === undefined
            ? engine.run('deleteItem', { TableName: tableName, Key: copied(key) })
            : put(tableName, item);
        await log.applying(write, () => engine.together(run));
      }),
    fill: (tableName, item) =>
      lock.exclusive(async () => {
        const table = await engine.table(tableName);
        const keyText = database.createKey(keyIn(table, item), table);
        if (log.versionOf(tableName, keyText) !== undefined) return;
        const filled = { tableName, keyText, version: FILLED };
        // The table is new: its stream tells of what is written from now on.
        await log.applying(filled, () => log.together(() => put(tableName, plainItem(item))));
      }),
    items: (tableName) => itemsOf(engine, tableName),
    describe: (tableName) => describeTable(engine, tableName),
    async make(described, { view, timeToLiveAttribute }) {
      const input = createTableLike(described, String(described['TableName']));
      await ensureTable(engine, input);
      streams.enable(input, view);
      timeToLive.set(String(input['TableName']), timeToLiveAttribute);
    },
    remove: async (TableName) => void (await tables.DeleteTable({ TableName })),
    timeToLiveOf: timeToLive.attributeOf,
    setTimeToLive: timeToLive.set,
    protect,
    set,
    setRecovery,
    async ensureStream(tableName) {
      const stream = streams.latestOf(tableName);
      if (stream !== undefined && stream.disabledMs === undefined) return stream.view;
      streams.enable((await describeTable(engine, tableName)) ?? {}, 'NEW_AND_OLD_IMAGES');
      return 'NEW_AND_OLD_IMAGES';
    },
  };
}

/** A copy that the engine may take over. */
function copied(item: JsonObject): JsonObject {
  const value = parseJson(JSON.stringify(item));
  return isJsonObject(value) ? value : {};
}
