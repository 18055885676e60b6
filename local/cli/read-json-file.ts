import { readFileSync } from 'node:fs';
import type { Json } from '../json.ts';
import { UserError } from '../user-error.ts';

/**
 * Reads a JSON file, or stdin where the file is 0.
 * @throws {UserError} When it can't be read, with the line where its JSON breaks.
 */
export function readJsonFile(file: string | 0): Json {
  const name = file === 0 ? 'stdin' : file;
  const text = readText(file, name);
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const line = text.slice(0, position).split('\n').length;
    throw new UserError('invalid', `${name}:${line}: Cannot read the JSON: ${message}`);
  }
}

function readText(file: string | 0, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new UserError(
      'not-found',
      `Cannot read ${name}: ${code === 'ENOENT' ? 'no such file' : String(error)}`,
    );
  }
}
