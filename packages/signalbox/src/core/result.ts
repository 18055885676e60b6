/** What a parser or check returns: a value, or everything that is wrong. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One thing wrong with what the user wrote. */
export interface Problem {
  /** What is wrong and what to write instead: sentence case, no full stop. */
  readonly message: string;
  /** Where inside the document, such as `States.Charge.Retry[0]`. */
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

/** Wraps a value. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps what is wrong. */
export function bad<T>(...problems: readonly Problem[]): Result<T> {
  return { ok: false, problems };
}

/** Writes a problem on one line, `file:line: path: message`. */
export function problemText({ file, line, path, message }: Problem): string {
  const place = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`];
  return [...place, ...(path === undefined || path === '' ? [] : [path]), message].join(': ');
}
