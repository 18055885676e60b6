import { isJsonObject, type Json } from '../../../core/json.ts';
import type { ItemReader } from '../../ast.ts';
import type { Visit } from '../../run.ts';
import { type Place, readNamedText } from './call-s3.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readerFailed } from './reader-failed.ts';

/** Reads an S3 inventory: a manifest that names CSV files without headers, compressed or not. */
export async function readInventory(
  reader: ItemReader,
  visit: Visit,
  text: string,
  limit: number,
): Promise<readonly Json[]> {
  const manifest = readJson(text);
  if (!isJsonObject(manifest) || !Array.isArray(manifest['files'])) {
    throw readerFailed('The manifest does not name any files.');
  }
  const bucket = String(manifest['destinationBucket'] ?? '').replace(/^arn:[^:]*:s3:::/, '');
  const csvHeaders = String(manifest['fileSchema'] ?? '').split(/\s*,\s*/);
  const given = { ...reader, csvHeaderLocation: 'GIVEN', csvHeaders } as const;
  const items: Json[] = [];
  for (const file of manifest['files'] as readonly Json[]) {
    if (items.length >= limit) break;
    const place = { Bucket: bucket, Key: isJsonObject(file) ? String(file['key'] ?? '') : '' };
    const csv = await readNamedText(visit, { ...place });
    items.push(...readCsv(given, csv, limit - items.length));
  }
  return items;
}

/**
 * Reads the files that a manifest of Athena's UNLOAD names, a URI a line.
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
 */
export async function readAthenaManifest(
  text: string,
  limit: number,
  readFile: (file: Json, limit: number) => Promise<readonly Json[]>,
): Promise<readonly Json[]> {
  const items: Json[] = [];
  for (const line of text.split('\n')) {
    const uri = line.trim().replace(/^"(.*)"$/, '$1');
    if (uri === '' || items.length >= limit) continue;
    const place = placeOf(uri);
    if (place === undefined) throw readerFailed(`The manifest names no object of S3: ${uri}`);
    items.push(...(await readFile({ ...place }, limit - items.length)));
  }
  return items;
}

function placeOf(uri: string): Place | undefined {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(uri) ?? [];
  return Bucket === undefined || Key === undefined ? undefined : { Bucket, Key };
}
