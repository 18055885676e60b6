import { jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject, parsePayload } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { ItemReader } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import { evaluate } from '../evaluate.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import { numberOf } from './items.ts';
import { itemsIn, type MapItem } from './map-item.ts';
import { readCsv } from './read-csv.ts';

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

async function callS3(resource: string, visit: Visit, parameters: Json): Promise<JsonObject> {
  const { run, stateName, retryCount } = visit;
  const request = {
    resource,
    parameters,
    taskToken: undefined,
    roleArn: undefined,
    stateName,
    retryCount,
  };
  // AWS: the limit of a state's data does not hold for what an ItemReader reads.
  const result = await run.ports.invoke(request, run.signal);
  if (result.kind === 'failed') throw readerFailed(result.cause ?? result.error ?? '');
  return isJsonObject(result.output) ? result.output : {};
}

async function readObject(
  reader: ItemReader,
  visit: Visit,
  parameters: Json,
  limit: number,
): Promise<readonly MapItem[]> {
  const { Body: body } = await callS3(reader.resource.text, visit, parameters);
  const text = typeof body === 'string' ? body : jsonText(body ?? null);
  return parseItems(reader, visit, { text, source: uriOf(parameters) }, limit);
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
    const { Body: body } = await callS3('arn:aws:states:::s3:getObject', visit, place);
    const content = { text: String(body ?? ''), source: uriOf(place) };
    items.push(...(await parseItems(reader, visit, content, MAX_ITEMS)));
  }
  return items;
}

/** The text of an object, and its URI. */
interface Content {
  readonly text: string;
  readonly source: string;
}

async function parseItems(
  reader: ItemReader,
  visit: Visit,
  { text, source }: Content,
  limit: number,
): Promise<readonly MapItem[]> {
  const rows = (values: readonly Json[]): readonly MapItem[] => itemsIn(values, source) ?? [];
  switch (reader.inputType) {
    case 'CSV':
      return rows(readCsv(reader, text, limit));
    case 'JSONL':
      return rows(
        text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(readJson),
      );
    case 'MANIFEST':
      return rows(await readManifest(reader, visit, text));
    case 'PARQUET':
      throw readerFailed('InputType PARQUET is not supported by the rehearsal');
    default:
      return jsonItems(reader, readJson(text), source);
  }
}

function jsonItems(reader: ItemReader, json: Json, source: string): readonly MapItem[] {
  let items: Json | undefined = json;
  for (const name of reader.itemsPointer) {
    items = isJsonObject(items) ? ownMember(items, name) : undefined;
  }
  // AWS goes over the members of an object only where it is the state's own data.
  if (Array.isArray(items)) return itemsIn(items, source) ?? [];
  throw readerFailed('Attempting to map over non-iterable node.');
}

/** An S3 inventory: a manifest that names CSV files without headers. */
async function readManifest(
  reader: ItemReader,
  visit: Visit,
  body: string,
): Promise<readonly Json[]> {
  const manifest = readJson(body);
  if (!isJsonObject(manifest) || !Array.isArray(manifest['files'])) {
    throw readerFailed('The manifest does not name any files.');
  }
  const bucket = String(manifest['destinationBucket'] ?? '').replace(/^arn:[^:]*:s3:::/, '');
  const csvHeaders = String(manifest['fileSchema'] ?? '').split(/\s*,\s*/);
  const items: Json[] = [];
  for (const file of manifest['files'] as readonly Json[]) {
    const key = isJsonObject(file) ? String(file['key'] ?? '') : '';
    if (key.endsWith('.gz')) throw readerFailed(`Compressed inventory is not supported: ${key}`);
    const { Body: csv } = await callS3('arn:aws:states:::s3:getObject', visit, {
      Bucket: bucket,
      Key: key,
    });
    const given = { ...reader, csvHeaderLocation: 'GIVEN', csvHeaders } as const;
    items.push(...readCsv(given, String(csv ?? ''), MAX_ITEMS));
  }
  return items;
}

function readJson(text: string): Json {
  const value = parsePayload(text);
  if (value === undefined) throw readerFailed('Attempting to map over non-iterable node.');
  return value;
}

function readerFailed(cause: string): StateFailure {
  return new StateFailure(ERROR.itemReaderFailed, cause, { bare: true });
}
