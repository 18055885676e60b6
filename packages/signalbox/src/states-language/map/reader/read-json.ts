import { type Json, parsePayload } from '../../../core/json.ts';
import { readerFailed } from './reader-failed.ts';

/** Reads a JSON text of an object. @throws {StateFailure} States.ItemReaderFailed, where it is none. */
export function readJson(text: string): Json {
  const value = parsePayload(text);
  if (value === undefined) throw readerFailed('Attempting to map over non-iterable node.');
  return value;
}
