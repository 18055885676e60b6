import * as zlib from 'node:zlib';
import { ExactNumber } from '../../../core/exact-json/exact-number.ts';
import type { Json } from '../../../core/json.ts';
import { readerFailed } from './reader-failed.ts';

/**
 * Reads the rows of a Parquet file as objects, with up to `limit` of them. Whole numbers keep their digits, moments
 * are texts in ISO 8601, and bytes that are no text are in base64.
 * @throws {StateFailure} States.ItemReaderFailed, when the file is no Parquet file.
 */
export async function readParquet(
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<readonly Json[]> {
  // Most workflows read no such file, and the reader is large.
  const { parquetReadObjects } = await import('hyparquet');
  try {
    const rows = await parquetReadObjects({
      file: bytes.buffer,
      compressors: COMPRESSORS,
      rowEnd: limit,
    });
    return rows.map(jsonOf);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw readerFailed(`The object cannot be read as a Parquet file: ${reason}`);
  }
}

/** The codecs of Parquet beside Snappy, which the reader knows; Zstandard came with Node 22.15. */
const COMPRESSORS = {
  GZIP: (input: Uint8Array) => new Uint8Array(zlib.gunzipSync(input)),
  BROTLI: (input: Uint8Array) => new Uint8Array(zlib.brotliDecompressSync(input)),
  ZSTD: (input: Uint8Array) => {
    if (typeof zlib.zstdDecompressSync === 'function') {
      return new Uint8Array(zlib.zstdDecompressSync(input));
    }
    throw new Error('Zstandard needs Node.js 22.15 or later');
  },
};

function jsonOf(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : new ExactNumber(value.toString());
  }
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as Iterable<unknown>, jsonOf);
  }
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, jsonOf(one)]));
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value);
}
