import { existsSync, readFileSync } from 'node:fs';
import { type Json, parseJson } from '../core/json.ts';
import { jsonFault } from '../core/json-fault.ts';
import { invalid, UserError } from '../core/user-error.ts';

/**
 * Reads a JSON file, or stdin where the file is 0.
 * @throws {UserError} When it can't be read, with the line where its JSON breaks.
 */
export function readJsonFile(file: string | 0): Json {
  const name = file === 0 ? 'stdin' : file;
  return parseJsonText(readText(file, name), name);
}

/**
 * Reads the text of a JSON file.
 * @throws {UserError} With the line where its JSON breaks.
 */
export function parseJsonText(text: string, file: string): Json {
  const value = parseJson(text);
  if (value !== undefined) return value;
  const { line = 1, message = '' } = jsonFault(text) ?? {};
  throw invalid([{ file, line, message: `Cannot read the JSON: ${message}` }]);
}

function readText(file: string | 0, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = existsSync(name) ? String(error) : 'no such file';
    throw new UserError('not-found', `Cannot read ${name}: ${why}`);
  }
}
