/** A place in a source; line and column count from 1. */
export interface SourcePosition {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** Numbers for each segment: generated line and column, source, line and column. */
const FIELDS = 5;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * A source map (ECMA-426) in a few bytes for each segment: a bundle with the AWS SDK has a hundred
 * thousand of them, and each worker that looks at a stack has its own.
 */
export class CompactSourceMap {
  readonly #sources: readonly string[];
  readonly #segments: Int32Array;

  constructor(json: string) {
    const { sources, mappings }: { sources: readonly string[]; mappings: string } =
      JSON.parse(json);
    this.#sources = sources;
    this.#segments = decodeMappings(mappings);
  }

  /** Finds where a place of the generated code comes from; line and column count from 1. */
  find(line: number, column: number): SourcePosition | undefined {
    let low = 0;
    let high = this.#segments.length / FIELDS;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const isBefore =
        this.#at(middle, 0) < line - 1 ||
        (this.#at(middle, 0) === line - 1 && this.#at(middle, 1) <= column - 1);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    const index = low - 1;
    const source = this.#sources[this.#at(index, 2)];
    if (index < 0 || this.#at(index, 0) !== line - 1 || source === undefined) return undefined;
    return { source, line: this.#at(index, 3) + 1, column: this.#at(index, 4) + 1 };
  }

  #at(segment: number, field: number): number {
    return this.#segments[segment * FIELDS + field] ?? -1;
  }
}

function decodeMappings(mappings: string): Int32Array {
  const digits = digitValues();
  const segments = new Int32Array(countSegments(mappings) * FIELDS);
  // Generated column, source, line, column, name: each is told as a difference.
  const fields = [0, 0, 0, 0, 0];
  let field = 0;
  let value = 0;
  let shift = 0;
  let generatedLine = 0;
  let length = 0;

  function endSegment(): void {
    if (field >= 4) {
      segments[length] = generatedLine;
      for (let index = 0; index < 4; index += 1) segments[length + 1 + index] = fields[index] ?? 0;
      length += FIELDS;
    }
    field = 0;
  }
  for (let index = 0; index < mappings.length; index += 1) {
    const code = mappings.charCodeAt(index);
    const digit = digits[code] ?? -1;
    if (digit === -1) {
      endSegment();
      if (code === SEMICOLON) {
        generatedLine += 1;
        fields[0] = 0;
      }
      continue;
    }
    value |= (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    fields[field] = (fields[field] ?? 0) + ((value & 1) === 0 ? value >>> 1 : -(value >>> 1));
    field += 1;
    value = 0;
    shift = 0;
  }
  endSegment();
  return segments.subarray(0, length);
}

const SEMICOLON = 59;
const COMMA = 44;

function digitValues(): Int8Array {
  const digits = new Int8Array(128).fill(-1);
  for (let value = 0; value < BASE64.length; value += 1) digits[BASE64.charCodeAt(value)] = value;
  return digits;
}

function countSegments(mappings: string): number {
  let count = 1;
  for (let index = 0; index < mappings.length; index += 1) {
    const code = mappings.charCodeAt(index);
    if (code === SEMICOLON || code === COMMA) count += 1;
  }
  return count;
}
