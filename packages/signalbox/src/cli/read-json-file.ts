import { existsSync, readFileSync } from 'node:fs';
import type { Json } from '../core/json.ts';
import { UserError } from '../core/user-error.ts';

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
    const line = text.slice(0, whereItBreaks(text)).split('\n').length;
    throw new UserError('invalid', `${name}:${line}: Cannot read the JSON: ${message}`);
  }
}

/** Length of the longest beginning that more text could still make valid; the parser does not always tell. */
function whereItBreaks(text: string): number {
  let [good, broken] = [0, text.length + 1];
  while (broken - good > 1) {
    const middle = Math.floor((good + broken) / 2);
    if (isBeginning(text.slice(0, middle))) good = middle;
    else broken = middle;
  }
  return good;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    return position === undefined
      ? String(error).includes('end of JSON input')
      : Number(position) === text.length;
  }
}

function readText(file: string | 0, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = existsSync(name) ? String(error) : 'no such file';
    throw new UserError('not-found', `Cannot read ${name}: ${why}`);
  }
}
