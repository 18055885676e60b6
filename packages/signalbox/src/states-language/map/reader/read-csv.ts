import type { Json } from '../../../core/json.ts';
import type { ItemReader } from '../../ast.ts';
import { readerFailed } from './reader-failed.ts';

type CsvReader = Pick<ItemReader, 'csvDelimiter' | 'csvHeaderLocation' | 'csvHeaders'>;

/**
 * Reads CSV (RFC 4180) as objects of texts: a field that a row lacks is empty, one beyond the headers is
 * dropped, and an empty line is no row.
 * @throws {StateFailure} States.ItemReaderFailed, when a header appears twice or the text is no CSV.
 */
export function readCsv(reader: CsvReader, text: string, limit: number): readonly Json[] {
  const isGiven = reader.csvHeaderLocation === 'GIVEN';
  const rows = readRows(text, reader.csvDelimiter, isGiven ? limit : limit + 1);
  const headers = isGiven ? reader.csvHeaders : (rows.shift() ?? []);
  if (new Set(headers).size !== headers.length) {
    throw readerFailed('CSV headers cannot contain duplicates.');
  }
  return rows.map((row) =>
    Object.fromEntries(headers.map((header, at) => [header, row[at] ?? ''])),
  );
}

/** The rows of a text; a backslash is dropped, and what follows it stands for itself. */
function readRows(text: string, delimiter: string, limit: number): string[][] {
  const rows: string[][] = [];
  const cursor = { text, at: 0 };
  while (cursor.at < text.length && rows.length < limit) {
    const row = readRow(cursor, delimiter);
    if (row.length > 1 || row[0] !== '') rows.push(row);
  }
  return rows;
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readRow(cursor: Cursor, delimiter: string): string[] {
  const row: string[] = [];
  for (;;) {
    row.push(readField(cursor, delimiter));
    const mark = cursor.text[cursor.at];
    cursor.at += mark === '\r' ? 2 : 1;
    if (mark !== delimiter) return row;
  }
}

function readField(cursor: Cursor, delimiter: string): string {
  if (cursor.text[cursor.at] === '"') return readQuoted(cursor);
  let field = '';
  for (
    let char = cursor.text[cursor.at];
    !endsField(cursor, delimiter);
    char = cursor.text[cursor.at]
  ) {
    field += char === '\\' ? readEscape(cursor) : char;
    cursor.at += 1;
  }
  return field;
}

function endsField({ text, at }: Cursor, delimiter: string): boolean {
  const char = text[at];
  return char === undefined || char === delimiter || char === '\n' || text.startsWith('\r\n', at);
}

/** Moves to the character behind a backslash, which stands for itself. */
function readEscape(cursor: Cursor): string {
  cursor.at += 1;
  return cursor.text[cursor.at] ?? '';
}

/** Reads from the opening quote to behind the closing one; a quote twice stands for one. */
function readQuoted(cursor: Cursor): string {
  let field = '';
  cursor.at += 1;
  for (let char = cursor.text[cursor.at]; ; char = cursor.text[cursor.at]) {
    if (char === undefined) throw readerFailed('A quoted field of the CSV file has no end.');
    if (char === '"') {
      cursor.at += 1;
      if (cursor.text[cursor.at] !== '"') return field;
      field += '"';
    } else {
      field += char === '\\' ? readEscape(cursor) : char;
    }
    cursor.at += 1;
  }
}
