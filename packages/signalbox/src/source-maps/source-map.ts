import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

/** A place in a source; line and column count from 1. */
export interface SourcePosition {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** A bundle's source map (ECMA-426). */
export class BundleSourceMap {
  readonly #map: TraceMap;

  constructor(json: string) {
    this.#map = new TraceMap(json);
  }

  /** Finds where a place of the generated code comes from; line and column count from 1. */
  find(line: number, column: number): SourcePosition | undefined {
    const found = originalPositionFor(this.#map, { line, column: column - 1 });
    if (found.source === null) return undefined;
    return { source: found.source, line: found.line, column: found.column + 1 };
  }
}
