import type { AccountRegion } from '../../../core/account-region.ts';
import { isJsonObject, type JsonObject } from '../../../core/json.ts';
import { type KeptMaps, unkeptMaps } from '../../../core/kept-maps.ts';
import { RETENTION_MS, type StreamLog } from './stream-log.ts';
import {
  type KeyElement,
  type StreamView,
  streamArn,
  streamLabel,
  type TableStream,
} from './table-stream.ts';

/** Which tables have streams. */
export interface StreamTable {
  /** Whether any table has a stream that is on. */
  areOn(): boolean;
  /** The stream of a table that is on. */
  onOf(tableName: string): TableStream | undefined;
  /** The stream that a table had last. */
  latestOf(tableName: string): TableStream | undefined;
  /** Every stream that can be read, by its ARN's order. */
  all(): readonly TableStream[];
  /**
   * Switches a table's stream on; the one before goes on to be readable.
   * @param table As DescribeTable has it, or the input of CreateTable.
   * @param label The instant that tells it apart; the present unless given.
   */
  enable(table: JsonObject, view: StreamView, label?: string): void;
  disable(tableName: string): void;
}

/** The account of streams, and where it is kept which there are. */
export interface StreamTableOptions extends AccountRegion {
  readonly maps?: KeptMaps;
  readonly log: StreamLog;
  readonly nowMs: () => number;
}

/** Makes the table of streams, with those that are kept. */
export function createStreamTable(options: StreamTableOptions): StreamTable {
  const { maps = unkeptMaps, log, nowMs } = options;
  const streams = maps.map<TableStream>('dynamodb/streams');

  function isReadable({ disabledMs }: TableStream): boolean {
    return disabledMs === undefined || disabledMs + RETENTION_MS > nowMs();
  }

  function readable(): TableStream[] {
    return [...streams.values()].filter(isReadable);
  }

  function onOf(tableName: string): TableStream | undefined {
    return readable().find(
      (stream) => stream.tableName === tableName && stream.disabledMs === undefined,
    );
  }

  function disable(tableName: string): void {
    const stream = onOf(tableName);
    if (stream !== undefined) streams.set(stream.arn, { ...stream, disabledMs: nowMs() });
    for (const [arn, each] of streams) {
      if (isReadable(each)) continue;
      streams.delete(arn);
      log.forget(arn);
    }
  }

  function freeLabel(tableName: string): string {
    for (let timeMs = nowMs(); ; timeMs += 1) {
      const label = streamLabel(timeMs);
      if (!streams.has(streamArn(options, tableName, label))) return label;
    }
  }

  return {
    areOn: () => readable().some(({ disabledMs }) => disabledMs === undefined),
    onOf,
    latestOf: (tableName) =>
      readable()
        .filter((stream) => stream.tableName === tableName)
        .sort((one, other) => one.createdMs - other.createdMs)
        .at(-1),
    all: () => readable().sort((one, other) => (one.arn < other.arn ? -1 : 1)),
    enable(table, view, given) {
      const tableName = String(table['TableName']);
      const on = onOf(tableName);
      if (on?.label === given && on?.view === view) return;
      disable(tableName);
      const label = given ?? freeLabel(tableName);
      const arn = streamArn(options, tableName, label);
      const since = { createdMs: nowMs(), disabledMs: undefined };
      streams.set(arn, { arn, tableName, label, view, keySchema: keySchemaOf(table), ...since });
    },
    disable,
  };
}

function keySchemaOf({ KeySchema }: JsonObject): readonly KeyElement[] {
  const elements = Array.isArray(KeySchema) ? KeySchema.filter(isJsonObject) : [];
  return elements.map(({ AttributeName, KeyType }) => ({
    AttributeName: String(AttributeName),
    KeyType: String(KeyType),
  }));
}
