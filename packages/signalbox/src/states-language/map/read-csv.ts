import type { Json } from '../../core/json.ts';
import type { ItemReader } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import { StateFailure } from '../state-failure.ts';

type CsvReader = Pick<ItemReader, 'csvDelimiter' | 'csvHeaderLocation' | 'csvHeaders'>;

/**
 * Reads CSV (RFC 4180) as objects of texts: a field that a row lacks is empty, one beyond the headers is
 * dropped.
 * @throws {StateFailure} States.ItemReaderFailed, when a header appears twice.
 */
export function readCsv(reader: CsvReader, text: string, limit: number): readonly Json[] {
  const isGiven = reader.csvHeaderLocation === 'GIVEN';
  const rows = splitRows(text, reader.csvDelimiter, isGiven ? limit : limit + 1);
  const headers = isGiven ? reader.csvHeaders : (rows.shift() ?? []);
  if (new Set(headers).size !== headers.length) {
    throw new StateFailure(ERROR.itemReaderFailed, 'CSV headers cannot contain duplicates.', {
      bare: true,
    });
  }
  return rows.map((row) =>
    Object.fromEntries(headers.map((header, at) => [header, row[at] ?? ''])),
  );
}

function splitRows(text: string, delimiter: string, limit: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < limit) {
    const field = readField(text, at, delimiter);
    row.push(field.value);
    at = field.end;
    if (text[at] === delimiter) {
      at++;
      if (at < text.length) continue;
      row.push('');
    }
    // A line that is wholly empty is no row.
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return rows;
}

interface CsvField {
  readonly value: string;
  /** Where the delimiter or the line's end stands. */
  readonly end: number;
}

function readField(text: string, start: number, delimiter: string): CsvField {
  if (text[start] === '"') return readQuoted(text, start);
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
  const bare = text.slice(start, end);
  return bare.endsWith('\r') && text[end] !== delimiter
    ? { value: bare.slice(0, -1), end: end - 1 }
    : { value: bare, end };
}

function readQuoted(text: string, start: number): CsvField {
  let value = '';
  let at = start + 1;
  for (; at < text.length; at++) {
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') {
      value += '"';
      at++;
    } else break;
  }
  return { value, end: at + 1 };
}
