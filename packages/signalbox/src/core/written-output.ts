const writers = new WeakMap<object, () => string | undefined>();

/**
 * Says how an output is written as JSON on the wire where its service had it in that form already: to
 * write it by the schema takes twenty times as long.
 *
 * @param write Returns undefined where it has to be written by the schema after all.
 */
export function writeOutputWith(output: object, write: () => string | undefined): void {
  writers.set(output, write);
}

/** The JSON text of an output whose service can write it; undefined for any other. */
export function writtenOutput(output: object): string | undefined {
  return writers.get(output)?.();
}
