import type { Colour } from './colour.ts';
import { paintStatus } from './paint-status.ts';

/** The width and the colours of a table. */
export interface TableOptions {
  /** In characters; unlimited where there is no terminal. */
  readonly width?: number;
  readonly colour?: Colour;
  /** Titles of columns that are never cut, such as names that people copy. */
  readonly whole?: readonly string[];
}

const GAP = '  ';

/** Below this width a cut cell says nothing. */
const SMALLEST = 8;

/**
 * Lays rows out in columns, two spaces apart. Where a table is too wide, its widest columns are cut.
 * @param header The heads of the columns.
 * @param rows The cells, row by row.
 * @param options The width in characters, and the columns that are never cut.
 * @returns The lines of the table; none where there is no row.
 * @example
 * tableOf(['NAME', 'SEATS'], [['Ada', '2']]); // ['NAME  SEATS', 'Ada   2']
 */
export function tableOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY, colour, whole = [] }: TableOptions = {},
): readonly string[] {
  if (rows.length === 0) return [];
  const needed = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const smallest = header.map((title, column) =>
    whole.includes(title) ? (needed[column] ?? 0) : Math.max(title.length, SMALLEST),
  );
  const widths = fitted(needed, smallest, width - GAP.length * (header.length - 1));
  const line = (row: readonly string[], paint: (cell: string) => string): string =>
    row
      .map((cell, column) => {
        const text = cut(cell, widths[column] ?? cell.length);
        const padding = column === row.length - 1 ? 0 : (widths[column] ?? 0) - text.length;
        return `${paint(text)}${' '.repeat(padding)}`;
      })
      .join(GAP)
      .trimEnd();
  return [
    line(header, (title) => colour?.bold(title) ?? title),
    ...rows.map((row) => line(row, (cell) => (colour ? paintStatus(cell, colour) : cell))),
  ];
}

/** Takes from the widest column, one character at a time, until all fit or none can give more. */
function fitted(
  needed: readonly number[],
  smallest: readonly number[],
  available: number,
): readonly number[] {
  const widths = [...needed];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    let widest: number | undefined;
    for (const [column, width] of widths.entries()) {
      const canGive = width > (smallest[column] ?? 0);
      if (canGive && (widest === undefined || width >= (widths[widest] ?? 0))) widest = column;
    }
    if (widest === undefined) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/**
 * Cuts a text, with an ellipsis where it was longer.
 * @param text The text.
 * @param width How many characters may stay.
 * @returns The text, no longer than the width.
 * @example
 * cut('a long line', 6); // a lon…
 */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
