import type { Json } from '../core/json.ts';
import { invalid } from '../core/user-error.ts';
import { readJsonFile, readJsonText } from '../project/read-json-file.ts';

/**
 * Reads the JSON that an argument of a command gives: a file, - for stdin, or the JSON itself, which begins as an
 * object or a list does.
 *
 * @param given The argument, or the value of an option.
 * @returns Its value.
 * @throws {UserError} When it can't be read, with the line where its JSON breaks.
 * @example
 * readJsonArgument('{"orderId":"o-1"}');
 */
export function readJsonArgument(given: string): Json {
  if (!/^\s*[[{]/.test(given)) return readJsonFile(given === '-' ? 0 : given);
  const read = readJsonText(given, 'command line');
  if (!read.ok) throw invalid(read.problems);
  return read.value;
}
