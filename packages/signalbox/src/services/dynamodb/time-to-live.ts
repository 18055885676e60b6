import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { DynaliteTable, Item } from './dynalite.ts';
import { type Engine, keyIn } from './engine.ts';
import type { Streams } from './streams/streams.ts';
import { itemsOf } from './tables.ts';

/** AWS leaves an item alone whose time lies more than five years back. */
const OLDEST_SECONDS = 5 * 365 * 24 * 3600;

/**
 * Time to live, by the given clock: an item is gone as soon as its time has come. AWS deletes it
 * some time within days (DynamoDB Developer Guide, "Using time to live").
 */
export interface TimeToLive {
  /** Switches it on for an attribute, or off. */
  set(tableName: string, attribute: string | undefined): void;
  attributeOf(tableName: string): string | undefined;
  /** Deletes the item of a key, or of an item that holds the key, where its time has come. */
  expireItem(tableName: string, keyOrItem: Item): Promise<void>;
  /** Deletes every item of a table whose time has come. */
  expireTable(tableName: string): Promise<void>;
}

/** Makes time to live over an engine. */
export function createTimeToLive(
  engine: Engine,
  streams: Pick<Streams, 'expiring'>,
  clock: Clock,
  maps: KeptMaps = unkeptMaps,
): TimeToLive {
  const attributes = maps.map<string>('dynamodb/time-to-live');

  async function remove(table: DynaliteTable, item: Item): Promise<void> {
    const input = { TableName: table.TableName, Key: keyIn(table, item) };
    await streams.expiring(() => engine.runChecked('deleteItem', input));
  }

  function isExpired(item: Item, attribute: string): boolean {
    const seconds = Number(ownMember(item, attribute)?.['N'] ?? Number.NaN);
    const nowSeconds = clock.now().getTime() / 1000;
    return seconds <= nowSeconds && seconds > nowSeconds - OLDEST_SECONDS;
  }

  return {
    set(tableName, attribute) {
      if (attribute === undefined) attributes.delete(tableName);
      else attributes.set(tableName, attribute);
    },
    attributeOf: (tableName) => attributes.get(tableName),
    async expireItem(tableName, keyOrItem) {
      const attribute = attributes.get(tableName);
      if (attribute === undefined) return;
      const table = await engine.table(tableName);
      // A key that does not fit is for the action itself to refuse.
      if (Object.keys(keyIn(table, keyOrItem)).length !== table.KeySchema.length) return;
      const item = await engine.item(table, keyOrItem);
      if (item !== undefined && isExpired(item, attribute)) await remove(table, item);
    },
    async expireTable(tableName) {
      const attribute = attributes.get(tableName);
      if (attribute === undefined) return;
      const table = await engine.table(tableName);
      for await (const item of itemsOf(engine, tableName)) {
        if (isExpired(item, attribute)) await remove(table, item);
      }
    },
  };
}

/** Refuses a change of time to live that changes nothing, as AWS does. */
export function alreadySet(enabled: boolean): AwsError {
  return new AwsError(
    'ValidationException',
    `TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`,
  );
}
