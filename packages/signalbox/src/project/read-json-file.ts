import { existsSync, readFileSync } from 'node:fs';
import { type Json, parseJson } from '../core/json.ts';
import { jsonFault } from '../core/json-text/json-fault.ts';
import { bad, ok, type Result } from '../core/result.ts';
import { invalid, UserError } from '../core/user-error.ts';

/**
 * Reads a JSON file.
 * @param file The file's path; 0 for stdin.
 * @returns Its value.
 * @throws {UserError} When it can't be read, with the line where its JSON breaks.
 * @example
 * const events = readJsonFile('events.json');
 */
export function readJsonFile(file: string | 0): Json {
  const name = file === 0 ? 'stdin' : file;
  const read = readJsonText(readText(file, name), name);
  if (!read.ok) throw invalid(read.problems);
  return read.value;
}

/** Reads the text of a JSON file; a broken one is a problem with the line where it breaks. */
export function readJsonText(text: string, file: string): Result<Json> {
  const value = parseJson(text);
  if (value !== undefined) return ok(value);
  const { line = 1, message = '' } = jsonFault(text) ?? {};
  return bad({ file, line, message: `Cannot read the JSON: ${message}` });
}

function readText(file: string | 0, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = existsSync(name) ? String(error) : 'no such file';
    throw new UserError('not-found', `Cannot read ${name}: ${why}`);
  }
}
