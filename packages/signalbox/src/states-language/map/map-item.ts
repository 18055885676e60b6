import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** An item of a Map, and where it comes from. */
export interface MapItem {
  readonly value: Json;
  /** The name of the value in the object that the Map goes over. */
  readonly key?: string;
  /** As `$$.Map.Item.Source` of a Distributed Map: `STATE_DATA`, or the object's or bucket's URI. */
  readonly source: string;
}

/** The source of items that are the state's own data. */
export const STATE_DATA = 'STATE_DATA';

/** Lists the items of an array or the members of an object; undefined where the value is neither. */
export function itemsIn(value: Json, source = STATE_DATA): readonly MapItem[] | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => ({ value: item, source }));
  if (!isJsonObject(value)) return undefined;
  return Object.entries(value).map(([key, member]) => ({ key, value: member, source }));
}

/** An iteration's input without ItemSelector: a member of an object comes with its name. */
export function plainInput({ key, value }: MapItem): Json {
  return key === undefined ? value : { Key: key, Value: value };
}

/** The `Map` part of the context object; only a Distributed Map says where its items come from. */
export function mapContext(
  index: number,
  { key, value, source }: MapItem,
  { isDistributed }: { readonly isDistributed: boolean },
): JsonObject {
  return {
    Item: {
      Index: index,
      ...(key === undefined ? {} : { Key: key }),
      Value: value,
      ...(isDistributed ? { Source: source } : {}),
    },
  };
}
