import type { Document } from 'yaml';

/** Indents deeper than any block of a template. */
const DEEP = ' '.repeat(200);

/** More lines than a template has of the kind. */
const MAX_ROUNDS = 300;

/**
 * Parses a text as AWS's tools do, whose parser takes flow collections and quoted text that are indented
 * less than the block around them: the lines at which `parse` stumbles are indented, until it does not.
 * Lines stay the same, columns of the indented lines do not.
 * @param text The text as it is written.
 * @param parse Parses a text, errors and all.
 * @returns The document of the indented text where that has no error, else the document of the text as it is.
 */
export function parseIndented<T extends Pick<Document, 'errors'>>(
  text: string,
  parse: (text: string) => T,
): T {
  const first = parse(text);
  let document = first;
  const lines = text.split('\n');
  for (let round = 0; round < MAX_ROUNDS && document.errors.length > 0; round += 1) {
    const at = stumblesAt(document, lines);
    if (at === undefined) return first;
    lines[at] = `${DEEP}${lines[at]}`;
    document = parse(lines.join('\n'));
  }
  return document.errors.length === 0 ? document : first;
}

const OPEN_QUOTE = /^Missing closing ["']quote/;

/** The index of the line to indent; undefined where the error is another one. */
function stumblesAt(
  { errors }: Pick<Document, 'errors'>,
  lines: readonly string[],
): number | undefined {
  const error = errors.find(({ code, message }) => {
    if (code === 'MISSING_CHAR') return OPEN_QUOTE.test(message);
    return code === 'BAD_INDENT' || code === 'UNEXPECTED_TOKEN';
  });
  if (error === undefined) return undefined;
  let rest = error.pos[0];
  const found = lines.findIndex((line) => {
    rest -= line.length + 1;
    return rest < 0;
  });
  // A quote that stays open is reported where its line ends: the next one is too far left.
  const at = OPEN_QUOTE.test(error.message) ? found + 1 : found;
  const line = at < 0 ? undefined : lines[at];
  return line === undefined || line.startsWith(DEEP) ? undefined : at;
}
