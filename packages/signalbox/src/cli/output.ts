/** Prints: data to stdout, talk to stderr. */
export interface Output {
  readonly json: boolean;
  /** A command's whole answer: JSON with its version, or the lines. */
  answer(data: object, lines: () => readonly string[]): void;
  /** One value of a stream: a line of JSON, or the line. */
  item(data: object, line: string): void;
  /** A remark, which is never data. */
  say(line: string): void;
}

/** Something with `write`, such as a stream. */
export interface Sink {
  write(text: string): unknown;
}

/** Version of the JSON that commands print; grows when a field goes or changes its meaning. */
export const OUTPUT_VERSION = 1;

/** Makes the output of one command. */
export function createOutput(json: boolean, stdout: Sink, stderr: Sink): Output {
  return {
    json,
    answer(data, lines) {
      if (json) stdout.write(`${JSON.stringify({ version: OUTPUT_VERSION, ...data }, null, 2)}\n`);
      else for (const line of lines()) stdout.write(`${line}\n`);
    },
    item(data, line) {
      stdout.write(`${json ? JSON.stringify({ version: OUTPUT_VERSION, ...data }) : line}\n`);
    },
    say(line) {
      stderr.write(`${line}\n`);
    },
  };
}
