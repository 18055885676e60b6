/** Something wrong at one place of a text. */
export class TextFault extends Error {
  override readonly name = 'TextFault';
  readonly source: string;
  /** Characters before the place. */
  readonly offset: number;

  constructor(reason: string, source: string, offset: number) {
    super(reason);
    this.source = source;
    this.offset = offset;
  }
}

/** Finds the 1-based line and column of an offset in a text. */
export function positionIn(
  source: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset);
  return {
    line: before.split('\n').length,
    column: offset - (before.lastIndexOf('\n') + 1) + 1,
  };
}

/** Names a place in a text as AWS's parser does: the text's head, line and column. */
export function placeText(source: string, offset: number): string {
  const { line, column } = positionIn(source, offset);
  const head = source.slice(0, 500);
  const rest = source.length > 500 ? `[truncated ${source.length - 500} chars]` : '';
  return `[Source: (String)"${head}"${rest}; line: ${line}, column: ${column}]`;
}
