/** A path that leads nowhere in a document, in the words of Java's json-path, which AWS's causes show. */
export class PathFailure extends Error {
  /** Whether something is missing; otherwise a step does not fit what it meets. */
  readonly isMissing: boolean;

  constructor(message: string, options: { readonly isMissing: boolean }) {
    super(message);
    this.isMissing = options.isMissing;
  }
}

/** The failure where something is not there. */
export function missing(message: string): PathFailure {
  return new PathFailure(message, { isMissing: true });
}

/** The failure where a step does not fit. */
export function misfit(message: string): PathFailure {
  return new PathFailure(message, { isMissing: false });
}
