import { gunzipSync } from 'node:zlib';
import { jsonText } from '../../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Visit } from '../../run.ts';
import { readerFailed } from './reader-failed.ts';

/** The call that reads an object. */
export const GET_OBJECT = 'arn:aws:states:::s3:getObject';

/** An object's place. */
export interface Place {
  readonly Bucket: Json;
  readonly Key: Json;
}

/** Calls S3 for an ItemReader. @throws {StateFailure} States.ItemReaderFailed, when S3 refuses. */
export async function callS3(
  resource: string,
  visit: Visit,
  parameters: Json,
  { hasBinaryBody = false } = {},
): Promise<JsonObject> {
  const { run, stateName, retryCount } = visit;
  const request = {
    ...{ resource, parameters, stateName, retryCount, hasBinaryBody },
    taskToken: undefined,
    roleArn: undefined,
  };
  // AWS: the limit of a state's data does not hold for what an ItemReader reads.
  const result = await run.ports.invoke(request, run.signal);
  if (result.kind === 'failed') throw readerFailed(result.cause ?? result.error ?? '');
  return isJsonObject(result.output) ? result.output : {};
}

/** Reads a file that a manifest names as text; one whose key ends in `.gz` is decompressed. */
export async function readNamedText(visit: Visit, place: Json): Promise<string> {
  const key = isJsonObject(place) ? place['Key'] : undefined;
  if (typeof key !== 'string' || !key.endsWith('.gz')) return readText(GET_OBJECT, visit, place);
  const bytes = await readBytes(GET_OBJECT, visit, place);
  return new TextDecoder().decode(decompressed(bytes, key));
}

/** Reads an object as text. */
export async function readText(resource: string, visit: Visit, place: Json): Promise<string> {
  const { Body: body = null } = await callS3(resource, visit, place);
  return typeof body === 'string' ? body : jsonText(body);
}

/** Reads an object's bytes. */
export async function readBytes(
  resource: string,
  visit: Visit,
  place: Json,
): Promise<Uint8Array<ArrayBuffer>> {
  const { Body: body } = await callS3(resource, visit, place, { hasBinaryBody: true });
  const base64 = typeof body === 'string' ? body : '';
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function decompressed(bytes: Uint8Array, key: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch {
    throw readerFailed(`The object is not compressed by gzip: ${key}`);
  }
}
