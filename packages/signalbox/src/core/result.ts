/** The result of a parser or check: a value, or everything that is wrong. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One thing wrong with what the user wrote. */
export interface Problem {
  /** The mistake and the correction: sentence case, no full stop. */
  readonly message: string;
  /** The path inside the document, such as `States.Charge.Retry[0]`. */
  readonly path?: string;
  /** The file, relative to the project's root. */
  readonly file?: string;
  /** 1-based line in the file. */
  readonly line?: number;
  /** Names the one mistake that this problem and others come from, such as a name that is missing. */
  readonly mistake?: string;
  /** Of the problems of one mistake, the one to fix; else the first is. */
  readonly isCause?: true;
}

/**
 * Wraps a value.
 * @param value What a parser or check found.
 * @returns The result that has it.
 * @example
 * const result: Result<number> = ok(2);
 */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/**
 * Wraps what is wrong.
 * @param problems Everything that is wrong, in the order of the document.
 * @returns The result without a value.
 * @example
 * const result: Result<number> = bad({ path: 'seats', message: 'Write a number' });
 */
export function bad<T>(...problems: readonly Problem[]): Result<T> {
  return { ok: false, problems };
}

/**
 * Writes a problem on one line.
 * @param problem The problem, with its file, line and path where they are known.
 * @returns The line as `file:line: path: message`, without what is not known.
 * @example
 * problemText({ file: 'seed.json', line: 3, message: 'Write a number' }); // seed.json:3: Write a number
 */
export function problemText({ file, line, path, message }: Problem): string {
  const place = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`];
  return [...place, ...(path === undefined || path === '' ? [] : [path]), message].join(': ');
}
