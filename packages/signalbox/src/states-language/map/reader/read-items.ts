import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { ownMember } from '../../../core/names/own-member.ts';
import type { ItemReader } from '../../ast.ts';
import { evaluate } from '../../evaluate.ts';
import type { Visit } from '../../run.ts';
import { numberOf } from '../items.ts';
import { itemsIn, type MapItem } from '../map-item.ts';
import { callS3, GET_OBJECT, readBytes, readNamedText, readText } from './call-s3.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readAthenaManifest, readInventory } from './read-manifest.ts';
import { readParquet } from './read-parquet.ts';
import { readerFailed } from './reader-failed.ts';

/** AWS's quota of items that a Map Run reads. */
const MAX_ITEMS = 100_000_000;

/**
 * Reads the items of a Distributed Map out of S3.
 * @throws {StateFailure} States.ItemReaderFailed, when they can't be read.
 */
export async function readItems(
  reader: ItemReader,
  visit: Visit,
  input: Json,
): Promise<readonly MapItem[]> {
  const parameters =
    reader.parameters === undefined
      ? {}
      : await evaluate(reader.parameters, { visit, root: input });
  const limit = await maxItemsOf(reader, visit, input);
  const items = isListing(reader)
    ? await listObjects(reader, visit, parameters, limit)
    : await readObject(reader, visit, parameters, limit);
  return items.slice(0, limit);
}

function isListing({ resource }: ItemReader): boolean {
  return resource.kind === 'service' && /^listObjects(V2)?$/i.test(resource.resource);
}

async function maxItemsOf(reader: ItemReader, visit: Visit, input: Json): Promise<number> {
  if (reader.maxItems === undefined) return MAX_ITEMS;
  const maxItems = await numberOf(reader.maxItems, 'MaxItems', visit, input);
  if (maxItems < 0) throw readerFailed('field MaxItems must be positive');
  // AWS: 0 sets no limit.
  return maxItems === 0 ? MAX_ITEMS : Math.min(maxItems, MAX_ITEMS);
}

async function readObject(
  reader: ItemReader,
  visit: Visit,
  parameters: Json,
  limit: number,
): Promise<readonly MapItem[]> {
  const content = { place: parameters, resource: reader.resource.text };
  return itemsIn(await rowsOf(reader, visit, content, limit), uriOf(parameters)) ?? [];
}

/** `S3://bucket/key`, or of a bucket that is listed `S3://bucket`. */
function uriOf(parameters: Json): string {
  const { Bucket: bucket, Key: key } = isJsonObject(parameters) ? parameters : {};
  return `S3://${String(bucket)}${key === undefined ? '' : `/${String(key)}`}`;
}

async function listObjects(
  reader: ItemReader,
  visit: Visit,
  parameters: Json,
  limit: number,
): Promise<readonly MapItem[]> {
  const objects: Json[] = [];
  let page: JsonObject = isJsonObject(parameters) ? parameters : {};
  while (objects.length < limit) {
    const { Contents: contents, NextContinuationToken: token } = await callS3(
      reader.resource.text,
      visit,
      page,
    );
    if (Array.isArray(contents)) objects.push(...contents.map(listedObject));
    if (typeof token !== 'string') break;
    page = { ...page, ContinuationToken: token };
  }
  if (reader.transformation === 'NONE') {
    return itemsIn(objects, uriOf(parameters)) ?? [];
  }
  return loadObjects(reader, visit, page, objects);
}

/** An object of a listing as AWS hands it to an iteration: with `Etag`, and its time in seconds. */
function listedObject(object: Json): Json {
  if (!isJsonObject(object)) return object;
  const { ETag: etag, LastModified: modifiedMs, ...rest } = object;
  return {
    ...(etag === undefined ? {} : { Etag: etag }),
    ...(rest['Key'] === undefined ? {} : { Key: rest['Key'] }),
    ...(modifiedMs === undefined ? {} : { LastModified: Math.floor(Number(modifiedMs) / 1000) }),
    ...rest,
  };
}

/** `LOAD_AND_FLATTEN`: the items of each listed object, one after the other. */
async function loadObjects(
  reader: ItemReader,
  visit: Visit,
  { Bucket: bucket }: JsonObject,
  objects: readonly Json[],
): Promise<readonly MapItem[]> {
  const items: MapItem[] = [];
  for (const object of objects) {
    const key = isJsonObject(object) ? object['Key'] : undefined;
    if (key === undefined) continue;
    const place = { Bucket: bucket ?? null, Key: key };
    const content = { place, resource: GET_OBJECT };
    items.push(...(itemsIn(await rowsOf(reader, visit, content, MAX_ITEMS), uriOf(place)) ?? []));
  }
  return items;
}

/** An object, and the call that reads it. */
interface Content {
  readonly place: Json;
  readonly resource: string;
  /** Whether a manifest names it: such files may be compressed. */
  readonly isNamed?: boolean;
}

async function rowsOf(
  reader: ItemReader,
  visit: Visit,
  { place, resource, isNamed = false }: Content,
  limit: number,
): Promise<readonly Json[]> {
  if (reader.manifestType === undefined && reader.inputType === 'PARQUET') {
    return readParquet(await readBytes(resource, visit, place), limit);
  }
  const text = isNamed ? await readNamedText(visit, place) : await readText(resource, visit, place);
  switch (reader.manifestType ?? reader.inputType) {
    case 'ATHENA_DATA':
      return readAthenaManifest(text, limit, (file, rest) => {
        const content = { place: file, resource: GET_OBJECT, isNamed: true };
        return rowsOf({ ...reader, manifestType: undefined }, visit, content, rest);
      });
    case 'S3_INVENTORY':
    case 'MANIFEST':
      return readInventory(reader, visit, text, limit);
    case 'CSV':
      return readCsv(reader, text, limit);
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(readJson);
    default:
      return jsonItems(reader, readJson(text));
  }
}

function jsonItems(reader: ItemReader, json: Json): readonly Json[] {
  let items: Json | undefined = json;
  for (const name of reader.itemsPointer) {
    items = isJsonObject(items) ? ownMember(items, name) : undefined;
  }
  // AWS goes over the members of an object only where it is the state's own data.
  if (Array.isArray(items)) return items;
  throw readerFailed('Attempting to map over non-iterable node.');
}
