import { type Colour, createColour } from './colour.ts';

/** Prints: data to stdout, remarks to stderr. */
export interface Output {
  readonly json: boolean;
  /** The layout of lines where stdout goes: the terminal's width and colours. */
  readonly layout: Layout;
  /** All that a command found: JSON with its version, or the lines. */
  result(data: object, lines: () => readonly string[]): void;
  /** A document in the form that another program reads: JSON as it is, or the lines. */
  document(data: object, lines: () => readonly string[]): void;
  /** One value of a stream: a line of JSON, or the line. */
  item(data: object, line: string): void;
  /** A remark, which is never data. */
  say(line: string): void;
}

/** Room and colours of the place that lines are printed to. */
export interface Layout {
  /** In characters; unlimited where there is no terminal. */
  readonly width: number;
  readonly colour: Colour;
}

/** Something with `write`, such as a stream; a terminal says so, and how wide it is. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Version of the JSON that commands print; grows when a field goes or changes its meaning. */
export const OUTPUT_VERSION = 1;

/** Makes the output of one command. */
export function createOutput(json: boolean, stdout: Sink, stderr: Sink): Output {
  return {
    json,
    layout: {
      width: (stdout.isTTY && stdout.columns) || Number.POSITIVE_INFINITY,
      colour: createColour(stdout, process.env),
    },
    result(data, lines) {
      if (json) stdout.write(`${JSON.stringify({ version: OUTPUT_VERSION, ...data }, null, 2)}\n`);
      else for (const line of lines()) stdout.write(`${line}\n`);
    },
    document(data, lines) {
      const text = json ? JSON.stringify(data, null, 2) : lines().join('\n');
      stdout.write(`${text}\n`);
    },
    item(data, line) {
      stdout.write(`${json ? JSON.stringify({ version: OUTPUT_VERSION, ...data }) : line}\n`);
    },
    say(line) {
      stderr.write(`${line}\n`);
    },
  };
}
