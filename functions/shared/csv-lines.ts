import { stringify } from 'csv-stringify/sync';

/**
 * Writes rows as lines of CSV (RFC 4180), each ended. A cell that a spreadsheet would take for a
 * formula gets an apostrophe: names and tags hold anybody's text. Numbers stay as they are.
 */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(withoutFormula)),
    // By itself the library quotes a line feed only where a carriage return stands before it.
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );
}

function withoutFormula(cell: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(cell);
  return /^[=+\-@\t\r]/.test(cell) && !isNumber ? `'${cell}` : cell;
}
