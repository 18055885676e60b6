import type { Place } from './file-store-segments.ts';

/**
 * Where the lines of one execution stand: stretches that hold one or several in a row, each as its
 * segment, offset, length and number of lines. The first line is the header's.
 */
export class Runs {
  readonly numbers: number[];

  constructor(numbers: number[] = []) {
    this.numbers = numbers;
  }

  /** Adds a line behind the others. */
  add({ segment, offset, length }: Place): void {
    const { numbers } = this;
    const at = numbers.length - 4;
    const [lastSegment, lastOffset, lastLength, lines] = stretchAt(numbers, at);
    if (lastSegment === segment && lastOffset + lastLength === offset) {
      numbers[at + 2] = lastLength + length;
      numbers[at + 3] = lines + 1;
    } else {
      numbers.push(segment, offset, length, 1);
    }
  }

  /** The segments that hold lines of it. */
  segments(): readonly number[] {
    const segments: number[] = [];
    for (let at = 0; at < this.numbers.length; at += 4) {
      const segment = this.numbers[at] ?? 0;
      if (!segments.includes(segment)) segments.push(segment);
    }
    return segments;
  }

  /** Whether it has a line at a place already. */
  reaches({ segment, offset }: Pick<Place, 'segment' | 'offset'>): boolean {
    const [last, from, length] = stretchAt(this.numbers, this.numbers.length - 4);
    return segment < last || (segment === last && offset < from + length);
  }

  /** The stretches that hold the lines from one on, counted from 0, and how many lines are before each. */
  from(line: number, count: number): readonly (Place & { readonly before: number })[] {
    const found: (Place & { readonly before: number })[] = [];
    let before = 0;
    for (let at = 0; at < this.numbers.length && before < line + count; at += 4) {
      const [segment, offset, length, lines] = stretchAt(this.numbers, at);
      if (before + lines > line) found.push({ segment, offset, length, before });
      before += lines;
    }
    return found;
  }
}

function stretchAt(
  numbers: readonly number[],
  at: number,
): readonly [segment: number, offset: number, length: number, lines: number] {
  return [numbers[at] ?? 0, numbers[at + 1] ?? 0, numbers[at + 2] ?? 0, numbers[at + 3] ?? 0];
}
