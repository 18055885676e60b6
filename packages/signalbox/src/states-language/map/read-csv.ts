import { CsvError, parse } from 'csv-parse/sync';
import type { Json } from '../../core/json.ts';
import type { ItemReader } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import { StateFailure } from '../state-failure.ts';

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

function readRows(text: string, delimiter: string, limit: number): string[][] {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: limit,
    });
  } catch (error) {
    if (error instanceof CsvError) throw readerFailed(error.message);
    throw error;
  }
}

function readerFailed(cause: string): StateFailure {
  return new StateFailure(ERROR.itemReaderFailed, cause, { bare: true });
}
