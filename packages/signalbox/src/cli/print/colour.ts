/** A stream as far as colours matter. */
export interface ColourStream {
  readonly isTTY?: boolean | undefined;
}

/** Marks a text for a terminal; returns it unchanged where colours are off. */
export interface Colour {
  ok(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

const ESC = '\u001b[';

/**
 * Makes the colours of a stream: on at a terminal, off elsewhere. `FORCE_COLOR` decides first
 * (`0` and `false` are off), then `NO_COLOR` and `TERM=dumb`, as in Node.
 */
export function createColour(stream: ColourStream, env: NodeJS.ProcessEnv): Colour {
  const isOn = hasColour(stream, env);
  const mark = (start: number, end: number) => (text: string) =>
    isOn && text !== '' ? `${ESC}${start}m${text}${ESC}${end}m` : text;
  return { ok: mark(32, 39), bad: mark(31, 39), dim: mark(2, 22), bold: mark(1, 22) };
}

function hasColour(stream: ColourStream, env: NodeJS.ProcessEnv): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
